"""The same program in a form in which mutmut reaches all of it.

mutmut leaves decorated functions and what stands outside functions alone: almost every action and listener,
and the table of the promise policy. Here `@subscribe(MOVED) def moved(...)` becomes `def moved(...)` followed
by `moved = subscribe(MOVED)(moved)`, and a table becomes a function that gives it.
"""

from collections.abc import Collection, Sequence

import libcst as cst
import libcst.matchers as m

MADE = "{}_as_of_now"


def lowered(code: str, tables: Collection[str] = ()) -> str:
    return cst.parse_module(code).visit(_Lowering(frozenset(tables))).code


class _Lowering(cst.CSTTransformer):
    def __init__(self, tables: frozenset[str]) -> None:
        self.tables = tables
        self.depth = 0

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:  # noqa: N802  (named by libcst)
        self.depth += 1

    def leave_FunctionDef(  # noqa: N802
        self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
    ) -> cst.FunctionDef | cst.FlattenSentinel[cst.BaseStatement]:
        self.depth -= 1
        if self.depth or not updated_node.decorators or _is_bound_otherwise(updated_node):
            return updated_node
        decorated: cst.BaseExpression = updated_node.name
        for each in reversed(updated_node.decorators):
            decorated = cst.Call(each.decorator, [cst.Arg(decorated)])
        return cst.FlattenSentinel(
            [updated_node.with_changes(decorators=()), _assignment(updated_node.name, decorated)]
        )

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.BaseExpression:  # noqa: N802
        if self.depth and updated_node.value in self.tables:
            return cst.Call(cst.Name(MADE.format(updated_node.value)))
        return updated_node

    def leave_Module(self, original_node: cst.Module, updated_node: cst.Module) -> cst.Module:  # noqa: N802
        body = [made for statement in updated_node.body for made in self._table(statement)]
        return updated_node.with_changes(body=body)

    def _table(self, statement: cst.BaseStatement) -> Sequence[cst.BaseStatement]:
        match statement:
            case cst.SimpleStatementLine(
                body=[
                    cst.Assign(targets=[cst.AssignTarget(target=cst.Name() as name)], value=value)
                    | cst.AnnAssign(target=cst.Name() as name, value=cst.BaseExpression() as value)
                ]
            ) if name.value in self.tables:
                made = cst.Name(MADE.format(name.value))
                gives = cst.SimpleStatementLine([cst.Return(value)])
                function = cst.FunctionDef(made, cst.Parameters(), cst.IndentedBlock([gives]))
                return [function, _assignment(name, cst.Call(made))]
        return [statement]


def _assignment(name: cst.Name, value: cst.BaseExpression) -> cst.SimpleStatementLine:
    return cst.SimpleStatementLine([cst.Assign([cst.AssignTarget(name)], value)])


def _is_bound_otherwise(function: cst.FunctionDef) -> bool:
    """mutmut knows these two itself; a setter needs the name of its property."""
    known = m.Name("staticmethod") | m.Name("classmethod") | m.Attribute(attr=m.Name("setter"))
    return any(m.matches(each.decorator, known) for each in function.decorators)
