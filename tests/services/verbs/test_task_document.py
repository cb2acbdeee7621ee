"""The document that gave a task: given, corrected, taken away and taken along; found by filters and by search."""

from pathlib import Path

import pytest

from plantrack.model.task import IssuedDocument
from plantrack.services.verbs.add import NewTask, add
from plantrack.services.verbs.edit import Corrections, edit
from plantrack.services.verbs.log import log
from plantrack.services.verbs.plan.carry_over import carry_over
from plantrack.services.verbs.undo import undo
from tests.support.listing import found
from tests.support.next_plan import NEW, OLD, next_plan
from tests.support.steps import OpenContext, refused, said, stood

TYPED = "Công văn số 123/UBDT-TH ngày 5/6 của Uỷ ban Dân tộc về việc tổ chức hội thảo"
DOCUMENT = IssuedDocument("Công văn số 123/UBDT-TH", "2024-06-05", "Uỷ ban Dân tộc", "tổ chức hội thảo")
