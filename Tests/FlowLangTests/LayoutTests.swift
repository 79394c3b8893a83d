import FlowLang
import Testing

@Suite struct `Laying files out` {
    @Test(arguments: [
        Case(
            "indents by two, lists too", "states:\n    start:\n    - say: Hello.\n    -   goto: start\n",
            "states:\n  start:\n    - say: Hello.\n    - goto: start\n"),
        Case("puts one blank behind a colon", "flow:    a\nchannel :  sms\n", "flow: a\nchannel: sms\n"),
        Case(
            "puts one behind a comma and none within brackets",
            "a: { x :1,y:   [ 1 ,2,3 ] }\nb: { }\n".replacing("x :1", with: "x : 1").replacing(
                "y:   ", with: "y: "),
            "a: {x: 1, y: [1, 2, 3]}\nb: {}\n"),
        Case("drops blanks at line ends", "a: b   \n# c\t\n", "a: b\n# c\n"),
        Case("ends the file with one line end", "a: b\n\n\n", "a: b\n"),
        Case("and gives it one", "a: b", "a: b\n"),
        Case("takes Windows line ends away", "a: b\r\nc: |\r\n  d\r\n  e\r\n", "a: b\nc: |\n  d\n  e\n"),
        Case("keeps one blank line of several", "\n\na: b\n\n\n\nc: d\n", "a: b\n\nc: d\n"),
        Case("keeps none at the start of a block", "a:\n\n  b: c\n\n  d: e\n", "a:\n  b: c\n\n  d: e\n"),
        Case(
            "prefers double quotes",
            "a: 'b'\n'c': 'it''s'\nd: 'say \"e\"'\nf: 'g\\h'\n",
            "a: \"b\"\n\"c\": \"it's\"\nd: 'say \"e\"'\nf: 'g\\h'\n"),
        Case("leaves quotes where they stand", "a: [\"1\", 1, \"x\", y]\n", "a: [\"1\", 1, \"x\", y]\n"),
        Case(
            "moves block scalars as a whole",
            "a:\n     b: |\n            one\n              two\n\n            three\n     c: >-\n      four\n",
            "a:\n  b: |\n    one\n      two\n\n    three\n  c: >-\n    four\n"),
        Case(
            "knows a block's digit", "a:\n    b: |2\n         one\n      two\n",
            "a:\n  b: |2\n       one\n    two\n"),
        Case(
            "keeps the lines that a block keeps", "a: |+\n  b\n\n\nc: |\n  d\n\n\ne: f\n",
            "a: |+\n  b\n\n\nc: |\n  d\n\ne: f\n"),
        Case("adds no line end to a block's text", "a: |\n  b", "a: |\n  b"),
        Case(
            "moves the lines of a long text",
            "- say: one\n       two\n\n       three\n- \"four\n   five\\\n    six\"\n",
            "- say: one\n    two\n\n    three\n- \"four\n  five\\\n  six\"\n"),
        Case(
            "indents the lines between brackets",
            "a: {\n b: 1,\n      c: [x,\n  y],\n  }\nd:\n  [1,\n  2]\n",
            "a: {\n  b: 1,\n  c: [x,\n    y],\n}\nd:\n  [1,\n  2]\n"),
        Case(
            "keeps a comment with the line below",
            "a:\n# one\n    - b\n       # two\n    - c\nd: e # three\n",
            "a:\n  # one\n  - b\n  # two\n  - c\nd: e # three\n"),
        Case(
            "keeps a comment in the list that it ends",
            "a:\n   b:\n      - c\n      # of b\n   # of a\n# of d\nd: e\n  # of d too\n",
            "a:\n  b:\n    - c\n    # of b\n  # of a\n# of d\nd: e\n# of d too\n"),
        Case(
            "knows anchors and aliases", "a: &x   {b: c}\nd:   *x\ne: &y\n    f: g\nh: [ *x , *y ]\n",
            "a: &x {b: c}\nd: *x\ne: &y\n  f: g\nh: [*x, *y]\n"),
        Case(
            "puts what a dash begins behind it", "a:\n-\n    b: c\n    d: e\n- - f\n  - g\n",
            "a:\n  - b: c\n    d: e\n  - - f\n    - g\n"),
        Case("leaves the mark of a document", "---\na:   b\n...\n", "---\na: b\n...\n"),
        Case(
            "separates states, and sections of several lines",
            "flow: a\nchannel: sms\nconfig:\n  b: url\n# About the states.\nstates:\n\n  c:\n    - end\n  # About d.\n  d:\n    - end\n\n\n  e: [end]\n",
            "flow: a\nchannel: sms\n\nconfig:\n  b: url\n\n# About the states.\nstates:\n  c:\n    - end\n\n  # About d.\n  d:\n    - end\n\n  e: [end]\n"
        ),
        Case(
            "leaves a flow of steps as short as it is", "flow: a\nconfig:\n  b: url\nsteps:\n  - end\n",
            "flow: a\nconfig:\n  b: url\nsteps:\n  - end\n"),
        Case("leaves alone what has no place in the form", "? a\n:    b\n", "? a\n:    b\n"),
        Case("leaves a file of comments alone", "#   a\n", "#   a\n"),
    ])
    func one(_ test: Case) {
        #expect(formatted(test.before) == test.after)
        #expect(formatted(test.after) == test.after)
    }

    @Test(arguments: ["a: 'b\n", "a: [1, 2\n", "a:\n\t- b\n", "a: b\na: c\n", "a: !x b\n", "a: ${b}: c\n"])
    func `leaves what can't be read alone, and says why`(_ text: String) {
        guard case .unreadable(let problems) = format(SourceFile(id: 0, name: "a.yaml", text: text)) else {
            Issue.record("formatted")
            return
        }
        #expect(!problems.isEmpty)
    }

    @Test func `is quick for long lines and deep nesting`() {
        let wide = "a: [" + (0..<20_000).map { "x\($0)" }.joined(separator: ",") + "]\n"
        #expect(formatted(wide)?.utf8.count == wide.utf8.count + 19_999)
        let deep =
            (0..<60).map { String(repeating: "    ", count: $0) + "a:\n" }.joined()
            + String(repeating: "    ", count: 60) + "b: c\n"
        #expect(formatted(deep)?.contains("\n" + String(repeating: "  ", count: 60) + "b: c\n") == true)
    }

    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let before: String
        let after: String

        init(_ name: String, _ before: String, _ after: String) {
            testDescription = name
            self.before = before
            self.after = after
        }
    }
}

private func formatted(_ text: String) -> String? {
    guard case .formatted(let file) = format(SourceFile(id: 0, name: "a.yaml", text: text)) else {
        return nil
    }
    return String(decoding: file.bytes, as: UTF8.self)
}
