from lifecycle.diagram import FLOW, made_part


def test_the_flow_page_draws_the_tables_as_they_are() -> None:
    assert made_part() in FLOW.read_text(encoding="utf-8"), "run ./run manage draw_flow"
