"""A page on its way to the workers."""

import pickle

from conftest import TODAY
from shipped.pages import page


def test_a_page_is_packed_once_and_unpacked_once_for_all_documents_that_print_it() -> None:
    ours = page(TODAY, "vi")
    one, other = (pickle.loads(pickle.dumps({"page": ours, "document": name})) for name in "ab")  # noqa: S301
    assert one["page"] is other["page"]
    assert one["page"] == ours
    packed = [pickle.dumps([ours] * times) for times in (1, 20)]
    assert len(packed[1]) < len(packed[0]) + 100
    assert pickle.loads(pickle.dumps(page(TODAY, "ko"))) == page(TODAY, "ko")  # noqa: S301
