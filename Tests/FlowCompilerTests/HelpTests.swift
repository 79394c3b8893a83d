import FlowCompiler
import FlowLang
import FlowTestSupport
import Testing

/// What an author reads below the excerpt, where the wording is the point.
@Suite("Help")
struct HelpTests {
    private static let cases: [(file: String, help: [String])] = [
        (
            "unexpected-shape-states-list.yaml",
            [
                "Write names with what they are, without '- ', such as 'start:' with the state's steps below it."
            ]
        ),
        ("unknown-verb-sentence.yaml", ["Did you mean 'say: hello'?"]),
        ("unknown-verb-no-colon.yaml", ["Did you mean 'say: Hello.'?"]),
        ("unknown-verb-no-blank.yaml", ["Did you mean 'say: Hello.'?"]),
        (
            "unexpected-shape-choices-list.yaml",
            ["Write names with what they are, without '- ', such as {1: sales, 2: support}."]
        ),
        ("invalid-choice-key-press.yaml", ["Write '1'."]),
        ("missing-verb-else.yaml", ["It belongs to 'if': write it beside that, without '- '."]),
        ("unknown-key-elif.yaml", ["Write 'else:' with a list of steps that begins with another 'if'."]),
        (
            "unknown-name-hyphen.yaml",
            ["Put a text in quotes: 'es-MX'. A variable comes into being by set, into or vars."]
        ),
        (
            "yaml-syntax-added-texts.yaml",
            ["Texts aren't added: write one, with holes such as \"Hello ${name}\"."]
        ),
        ("invalid-value-seconds.yaml", ["Did you mean '20s'?"]),
        ("invalid-value-words-of-time.yaml", ["Did you mean '20s'?"]),
        ("type-mismatch-no-plus.yaml", ["Did you mean '+15555550123'?"]),
        (
            "unexpected-shape-hours-text.yaml",
            ["Write names with what they are, such as {open: {mon-fri: \"09:00-17:00\"}}."]
        ),
        ("hours-syntax-monday.yaml", ["Did you mean 'mon'?"]),
        (
            "type-syntax-config-value.yaml",
            [
                "Write a type, not a value: text(200), digits(6), [Place], phone?, open | closed, or a mapping of fields."
            ]
        ),
        (
            "unexpected-shape-params-list.yaml",
            ["Write names with what they are, without '- ', such as {To: phone}."]
        ),
        (
            "unexpected-shape-set-text.yaml",
            ["Write names with what they are, such as {order: \"${digits}\"}."]
        ),
        ("unknown-function-len.yaml", ["Did you mean 'length'?"]),
        (
            "expression-syntax-method.yaml",
            ["A function stands before its values: lower(message.body), not message.body.lower()."]
        ),
        ("yaml-tag-exclamation.yaml", ["Did you mean 'not call.from'?"]),
        ("unknown-name-null.yaml", ["Did you mean 'none'?"]),
        ("unknown-key-body.yaml", ["Did you mean 'json'?"]),
        (
            "type-mismatch-method-in-url.yaml",
            ["Write the address alone; the method is an option: 'method: GET'."]
        ),
        (
            "unknown-key-prompt-key.yaml",
            [
                "Add 'choices:' beside 'menu': keys and phrases, and where they lead.",
                "Write the prompt right behind the verb's ':', and options in lines of their own beside the verb.",
            ]
        ),
        ("expression-syntax-curly-quotes.yaml", ["Write straight quotes: 'text'."]),
        ("unknown-verb-transfer.yaml", ["Did you mean 'dial'?"]),
        (
            "unknown-type-type-names.yaml",
            [
                "Did you mean 'integer'?", "Did you mean 'number'?", "Did you mean 'bool'?",
                "Did you mean 'text'?",
            ]
        ),
        ("invalid-choice-key-default.yaml", ["What no choice means leads to 'otherwise', beside 'choices'."]),
        (
            "unknown-language-language-only.yaml",
            ["Did you mean 'en-US'?", "It speaks en-US; add it under `languages` if it should."]
        ),
        (
            "unknown-key-option-elsewhere.yaml",
            ["It is an option of 'menu', 'ask'. Valid here: 'loop', 'voice', 'max_segments', 'media'."]
        ),
        ("yaml-syntax-comma.yaml", ["Put a comma between the entries; a text with ': ' needs quotes."]),
        ("yaml-syntax-apostrophe.yaml", ["Put it in the other quotes: \"We're closed.\"."]),
        ("expression-syntax-is.yaml", ["Compare with '=='."]),
        ("expression-syntax-list-comma.yaml", ["Put a comma between two values."]),
    ]

    @Test("Each mistake gets the sentence that ends it", arguments: cases)
    func help(_ file: String, _ help: [String]) {
        let source = SourceFile(
            id: 0, name: file, bytes: Repository.file("Tests/Corpus/rejected/\(file)").bytes)
        #expect(compiled([source]).diagnostics.map { $0.help ?? "" } == help)
    }

    @Test(
        "A word that isn't an option is told where it is one, or which is meant",
        arguments: [
            ("default", "switch", "otherwise"), ("body", "fetch", "json"), ("retries", "menu", "attempts"),
            ("noanswer", "dial", "no_answer"), ("save_as", "ask", "into"),
        ])
    func options(_ written: String, _ verb: String, _ meant: String) {
        let file = SourceFile(
            id: 0, name: "a.yaml",
            text: "flow: a\nchannel: voice\nsteps:\n  - \(verb): x\n    \(written): y\n  - hangup\n")
        let found = parse(file).diagnostics.sorted().filter { $0.code == .unknownKey }
        #expect(found.map(\.help) == ["Did you mean '\(meant)'?"])
    }

    @Test("Every word of other tools leads to one of ours")
    func synonyms() {
        for (word, verb) in Synonyms.verbs {
            #expect(Verb(rawValue: verb) != nil && Verb(rawValue: word) == nil, "\(word)")
        }
        let keys = Set(VerbTable.rows.flatMap { $0.options.map(\.name) } + FlowKeyTable.rows.map(\.name))
        for (word, key) in Synonyms.keys { #expect(keys.contains(key), "\(word)") }
    }
}
