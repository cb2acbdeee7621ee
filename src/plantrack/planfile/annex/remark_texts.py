"""What remarks say. They become comments of a plan file, and a plan file speaks Vietnamese."""

from typing import Final

from plantrack.planfile.format.dump import TO_FILL

# About time.
BEFORE: Final = "Phụ lục ghi “trước”: kiểm tra xem có kể cả ngày này không."
ESTIMATED: Final = "Phụ lục ghi là dự kiến."
MARKED: Final = "Có dấu chú thích: xem chú thích dưới bảng."
ALL_YEAR: Final = "Hiểu là đến hết năm; nếu là việc thường xuyên thì thay bằng ongoing: true."
LAST_OF_SEVERAL: Final = "Phụ lục nêu nhiều mốc; thời hạn lấy mốc cuối."
OUTSIDE_YEAR: Final = "Thời hạn ngoài năm của kế hoạch: kiểm tra lại."
NOT_UNDERSTOOD: Final = "chưa hiểu thời gian “{text}”: ghi due, hoặc ongoing: true, hoặc để trống."
START_NOT_UNDERSTOOD: Final = "chưa hiểu ngày bắt đầu “{text}”."


def to_fill(text: str) -> str:
    """Mark a remark as one about a field that a person must fill in."""
    return f"{TO_FILL}: {text}"


def is_to_check(text: str) -> bool:
    """Return whether a remark asks to be looked at: not the head of the file, nor where a line comes from."""
    return not text.startswith((TO_FILL, HEAD.partition("{")[0], SOURCE.partition("{")[0]))


# About money.
NO_UNIT: Final = "kinh phí không ghi đơn vị tiền; thêm amount và unit nếu biết."
DOUBTFUL_NUMBER: Final = (
    "chưa chắc dấu “.” hay “,” trong “{text}” ngăn hàng nghìn hay phần lẻ: thêm amount và unit."
)
DECIMAL_COMMA: Final = "Hiểu dấu “,” trong số tiền là ngăn phần lẻ: kiểm tra lại."

# About organisations.
COMMA_IN_NAME: Final = "Tên có dấu phẩy: kiểm tra xem là một hay nhiều đơn vị."
AND_IN_NAME: Final = "Tên có chữ “và”: kiểm tra xem là một hay hai đơn vị."
PERHAPS_PERSON: Final = "Không rõ đây là đơn vị hay tên người: kiểm tra lại."
PERHAPS_KNOWN: Final = "Có thể là {name}: nếu đúng, thay bằng id {id}."
ALSO_WRITTEN: Final = "Phụ lục còn viết: {names}."

# About tables.
READ_FROM: Final = "Đọc từ {tables}."
COLUMNS: Final = "Các cột được hiểu là: {columns}."
NO_HEADING: Final = "cột không có tiêu đề"
OTHER_ANNEXES: Final = "Cũng có dạng phụ lục mà chưa đưa vào: {tables}; kiểm tra xem có cần không."
UNUSED: Final = "Không dùng: {tables}."
HIDDEN_SHEET: Final = "Trang tính này đang ẩn trong tệp."
ABOVE_TABLE: Final = "dòng chữ trên {table}"

# About rows.
REPEATED: Final = "Bỏ qua {row} (tiêu đề cột lặp lại): {text}"
COLUMN_NUMBERS: Final = "Bỏ qua {row} (số thứ tự cột): {text}"
TOTAL: Final = "Bỏ qua {row} (dòng tổng): {text}"
FOOTNOTE: Final = "Bỏ qua {row} (chú thích): {text}"
BELOW: Final = "Bỏ qua {row} (phần dưới bảng): {text}"
EMPTY: Final = "Bỏ qua {row} (không có nội dung): {text}"
HIDDEN_ROW: Final = "Dòng này đang ẩn trong tệp."
GROUP_OR_NOT: Final = "Không rõ dòng này là tên nhóm hay một hoạt động."
HEADING_TOO: Final = "Dòng này cũng là mục của các dòng bên trong: kiểm tra lại, nhất là kinh phí (có thể đã gồm của các dòng ấy)."
SAME_TITLE: Final = "Ô nội dung gộp với {row}."
SHARED_MONEY: Final = "Kinh phí ghi chung ở {row}."
ADDED: Final = "Gộp thêm {row}."

# About what a draft has.
HEAD: Final = "Dự thảo lập từ {file}. Phải có người đọc lại, sửa và bỏ các dòng ghi chú này trước khi dùng."
ABOVE: Final = "Phía trên bảng: {line}"
TOP_LINE: Final = "Trên các nội dung, {row}: {text}"
SOURCE: Final = "Nguồn: {row} ({file})"
SOURCE_NO: Final = "Nguồn: {row} ({file}), TT {no}"
LEFT: Final = "Ô “{label}” còn ghi: {text}"
LEFT_OF: Final = "Mục trên ({row}), ô “{label}”: {text}"
AS_ABOVE: Final = "“{text}” ở cột {role}: lấy theo dòng trên."
FROM_GROUP: Final = "Lấy theo mục trên ({row})."
NO_RESULT: Final = "công thức chưa có giá trị trong tệp; mở bằng Excel rồi lưu lại, hoặc điền tay."
VAGUE: Final = "“{text}” không được ghi thành một đơn vị; đã đưa vào note."
PARTIES_UNCLEAR: Final = "phụ lục không nói đơn vị nào chủ trì, đơn vị nào phối hợp; đã đưa vào note."
START_AFTER_DUE: Final = "ngày bắt đầu trong phụ lục sau thời hạn nên không đưa vào."
TITLE_FOUND: Final = "Lấy từ phần trên bảng: kiểm tra lại."
TITLE_MISSING: Final = "tên kế hoạch; phụ lục không ghi."
NUMBER_FOUND: Final = "Lấy từ “{line}”: kiểm tra lại."
NUMBER_MISSING: Final = "số, ký hiệu của kế hoạch."
DATE_MISSING: Final = "ngày ban hành kế hoạch."
AREA_TITLE_MISSING: Final = "tên nội dung; phụ lục không chia nhóm."
ACTIVITY_TITLE_MISSING: Final = "tên hoạt động; phụ lục để trống."
NO_ACTIVITIES: Final = "phụ lục không có hoạt động nào trong nội dung này."

# Values that stand where an annex has none, each marked.
PLAN_TITLE: Final = "Kế hoạch năm {year}"
AREA_TITLE: Final = "Các hoạt động"
ACTIVITY_TITLE: Final = "(chưa có nội dung)"
WITHIN: Final = "Thuộc mục: {titles}"
DETAILS: Final = "Gồm:"
