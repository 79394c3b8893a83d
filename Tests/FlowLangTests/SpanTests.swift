import Testing

@testable import FlowLang

/// Every hole of a prompt, cut out of the source by its span, is the hole that was written.
@Suite struct `Spans of holes` {
    @Test(arguments: [
        ("plain", "  - say: Hello ${a}, you are ${b}.\n"),
        ("plain with letters beyond ASCII", "  - say: Grüße 👋🏽 ${a} — ${b} ñ\n"),
        ("plain over lines", "  - say: Hello ${a},\n      and\n\n      then ${b}\n"),
        ("double quotes", "  - say: \"Hello ${a}, you are ${b}.\"\n"),
        (
            "double quotes with escapes",
            "  - say: \"A \\\"quote\\\" ${a} \\u00e9\\x41\\U0001F600\\n\\t ${b} \\\\ end\"\n"
        ),
        (
            "double quotes over lines",
            "  - say: \"Hello ${a}\n      and \\\n      more  \n\n\n      then ${b}\"\n"
        ),
        ("single quotes", "  - say: 'It''s ${a} ''and'' ${b}'\n"),
        ("single quotes over lines", "  - say: 'It''s ${a}\n\n      ''and''\n      ${b}'\n"),
        ("literal block", "  - say: |\n      Hello ${a}\n\n        deeper ${b}\n"),
        ("literal block with an indent", "  - say: |2-\n      Hello ${a}\n      ${b}\n"),
        ("folded block", "  - say: >\n      Hello ${a}\n      and on\n\n\n      then ${b}\n"),
        (
            "folded block with a deeper line",
            "  - say: >-\n      Hello ${a}\n        * deeper\n      then ü ${b}\n"
        ),
        ("folded block that begins empty", "  - say: >\n\n      Hello ${a}\n      then ${b}\n\n"),
        ("windows line ends", "  - say: >\r\n      Hello ${a}\r\n      und süß\r\n      then ${b}\r\n"),
        ("after an anchor", "  - set: {x: &x \"ü ${a} ${b}\"}\n"),
    ])
    func `are right in every style`(style: String, step: String) throws {
        let file = SourceFile(
            id: 7, name: "test.yaml", text: "# ü\nflow: test\nchannel: voice\nsteps:\n\(step)  - hangup\n")
        let parsed = parse(file)
        #expect(parsed.diagnostics.items.isEmpty)
        let template = try #require(firstTemplate(parsed.flow))
        var holes: [String] = []
        var names: [String] = []
        for case .hole(let expression, let span) in template.segments {
            holes.append(file.text(of: span))
            names.append(file.text(of: expression.span))
        }
        #expect(holes == ["${a}", "${b}"])
        #expect(names == ["a", "b"])
    }

    @Test(arguments: [
        ("  - say: \"a \\u00e9\"\n", "a é"), ("  - say: 'it''s'\n", "it's"),
        ("  - say: |\n      a\n       b\n", "a\n b\n"),
        ("  - say: >-\n      a\n      b\n", "a b"), ("  - say: a $${b} c\n", "a ${b} c"),
        ("  - say: ''\n", ""),
    ])
    func `the text is what YAML makes of it`(step: String, text: String) throws {
        let file = SourceFile(id: 0, name: "test.yaml", text: "flow: test\nchannel: voice\nsteps:\n\(step)")
        #expect(try #require(firstTemplate(parse(file).flow)).literal == text)
    }

    @Test func `a hole may hold braces, quotes and what looks like its end`() throws {
        let file = SourceFile(
            id: 0, name: "test.yaml",
            text: "flow: t\nchannel: voice\nsteps:\n  - say: \"a ${f('}')} b ${'it''s {'} c\"\n")
        let template = try #require(firstTemplate(parse(file).flow))
        let holes = template.segments.compactMap { segment -> String? in
            if case .hole(let expression, _) = segment { return described(expression) }
            return nil
        }
        #expect(holes == ["f('}')", "'it's {'"])
    }
}

private func firstTemplate(_ flow: Flow) -> Template? {
    switch flow.states.first?.steps.first?.argument {
    case .prompt(let prompt):
        if case .text(let template) = prompt.kind { return template }
        return nil
    case .assignments(let assignments): return assignments.first?.value
    default: return nil
    }
}
