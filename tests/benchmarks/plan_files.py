"""Plan files for benchmarks: made-up plans, and one with any number of activities."""

from collections.abc import Iterator

AREAS = 7
#: Twelve, unless more are wanted: as many areas have one or two each.
ACTIVITIES = 12
ORGANISATIONS = 65


def organisation(number: int) -> str:
    """Return the identifier of an organisation that does not exist."""
    return f"don-vi-{number:02}"


def area_of(activity: int, activities: int = ACTIVITIES) -> str:
    """Return the code of the area that an activity stands in."""
    return f"ND{activity * AREAS // activities + 1}"


def codes(activities: int = ACTIVITIES) -> list[str]:
    """Return the codes of the activities of an example."""
    return [f"{area_of(n, activities)}.{n + 1}" for n in range(activities)]


def example_plan(name: str, year: int, activities: int = ACTIVITIES) -> str:
    """Return a plan file of an example, which says that it is one."""
    head = ["# Ví dụ để đo tốc độ: kế hoạch, đơn vị và người đều không có thật.", "format: 1"]
    head += [f'id: "{name}"', f"year: {year}", f'title: "Kế hoạch ví dụ năm {year} (số liệu tự tạo)"']
    head += ['unstated: ["lead", "due"]', "organisations:"]
    head += [
        f'  - {{id: "{organisation(n)}", name: "Đơn vị ví dụ {n}"}}' for n in range(1, ORGANISATIONS + 1)
    ]
    return "\n".join([*head, "areas:", *_example_areas(activities)]) + "\n"


def _example_areas(activities: int) -> Iterator[str]:
    area = ""
    for number, code in enumerate(codes(activities)):
        if area != (area := area_of(number, activities)):
            yield from (f'  - code: "{area}"', f'    title: "Nội dung ví dụ {area[2:]}"', "    activities:")
        yield from (f'      - code: "{code}"', f'        title: "Hoạt động ví dụ {number + 1}"')


def plan_text(activities: int) -> str:
    """Return a plan file with many activities, written as plan files are."""
    head = ["format: 1", 'id: "kh-lon"', "year: 2024", 'title: "Kế hoạch lớn"', "organisations:"]
    head += ['  - {id: "a", name: "Đơn vị ví dụ A"}', '  - {id: "b", name: "Đơn vị ví dụ B"}', "areas:"]
    return "\n".join([*head, *(line for n in range(max(1, activities // 100)) for line in _area(n))]) + "\n"


def _area(number: int) -> list[str]:
    code = f"ND{number}"
    lines = [f'  - code: "{code}"', f'    title: "Nội dung {number}"', '    lead: ["a"]', "    activities:"]
    for n in range(100):
        lines += [
            f'      - code: "{code}.{n}"',
            "        title:",
            f'          vi: "Tập huấn cán bộ hội cơ sở về bình đẳng giới, lớp {n}"',
            f'          en: "Training of grassroots staff on gender equality, class {n}"',
            '        lead: ["b"]',
            '        time: "Quý II"',
            '        due: "2024-Q2"',
            '        deliverable: "Báo cáo kết quả"',
        ]
    return lines
