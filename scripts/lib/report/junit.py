# SPDX-License-Identifier: BSD-2-Clause
"""JUnit XML, as continuous-integration servers read it."""

from xml.sax.saxutils import escape, quoteattr


def render(suite, results, skipped=()):
    """`skipped`: (scenario, reason) of each that was not played."""
    failures = sum(1 for result in results if result.status == 1)
    errors = sum(1 for result in results if result.status == 2)
    cases = "\n".join([_case(suite, result) for result in results] +
                      [_skipped(suite, item, reason) for item, reason in skipped])
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuite name={quoteattr(suite)} tests="{len(results) + len(skipped)}" '
            f'failures="{failures}" errors="{errors}" skipped="{len(skipped)}">\n{cases}\n</testsuite>\n')


def _case(suite, result):
    head = (f'  <testcase classname={quoteattr(suite)} name={quoteattr(result.scenario.name)} '
            f'time="{result.seconds:.1f}"')
    if result.passed:
        return head + "/>"
    kind = "error" if result.status == 2 else "failure"
    details = escape("\n".join(str(finding) for finding in result.findings) or result.sentence())
    return f"{head}>\n    <{kind} message={quoteattr(result.sentence())}>{details}</{kind}>\n  </testcase>"


def _skipped(suite, item, reason):
    return (f"  <testcase classname={quoteattr(suite)} name={quoteattr(item.name)} time=\"0\">\n"
            f"    <skipped message={quoteattr(reason)}/>\n  </testcase>")
