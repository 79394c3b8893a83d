/// One step as written: a verb, its main argument and its options, read by the verb table. Steps are handed from list to list, so
/// that they are references.
package final class Step: Sendable, Equatable {
    package let row: VerbRow
    /// The verb's key.
    package let verbSpan: Span
    /// The value of the verb's key; nil where the verb stands alone or its value couldn't be read.
    package let argument: Argument?
    /// In the order in which they were written; every name is one of the verb's row.
    package let options: [Option]
    /// The whole step.
    package let span: Span

    package struct Option: Sendable, Equatable {
        package var name: String
        package var keySpan: Span
        package var value: Argument

        package init(name: String, keySpan: Span, value: Argument) {
            self.name = name
            self.keySpan = keySpan
            self.value = value
        }
    }

    package var verb: Verb { row.verb }

    package init(
        _ row: VerbRow, verbSpan: Span, argument: Argument?, options: [Option], span: Span
    ) {
        self.row = row
        self.verbSpan = verbSpan
        self.argument = argument
        self.options = options
        self.span = span
    }

    package static func == (left: Step, right: Step) -> Bool {
        left.verb == right.verb && left.verbSpan == right.verbSpan && left.argument == right.argument
            && left.options == right.options && left.span == right.span
    }

    package func option(_ name: String) -> Option? {
        for index in options.indices where options[index].name.isName(name) { return options[index] }
        return nil
    }
}

/// A verb's value or an option's, in the form that its kind in the verb table asks for.
package enum Argument: Sendable, Equatable {
    /// A scalar: words, numbers, durations, names, texts, URLs. The compiler reads it by its kind.
    case template(Template)
    case prompt(Prompt)
    /// `no_input_prompts`: the n-th failure hears the n-th.
    case prompts([Prompt])
    /// `if:`, `switch:`, with or without the hole's braces.
    case expression(Expression)
    case target(Target)
    case choices([Choice])
    case phrases([PhraseEntry])
    case cases([Case])
    /// `set`, `log`, `query`, `headers`, `form`, `with`: names to scalars.
    case assignments([Assignment])
    /// `json`, `task`.
    case data(DataTemplate)
    case type(TypeExpression)
    /// `wait:`, `whisper:`.
    indirect case flow(FlowUse)
    case list([Argument])
    /// An object that has kinds, such as what is dialled: `{queue: support}`.
    indirect case object(ObjectArgument)
    /// `languages: [{code: es-MX, voice: Mia}]`
    case records([Record])

    /// A mapping of fixed keys.
    package struct Record: Sendable, Equatable {
        package var options: [Step.Option]
        package var span: Span

        package init(_ options: [Step.Option], span: Span) {
            self.options = options
            self.span = span
        }
    }
}

/// A flow of the project with values for its params: `hold-music`, or `{flow: hold-music, with: {name: Ann}}`.
package struct FlowUse: Sendable, Equatable {
    package var flow: Located<String>
    package var arguments: [Assignment]

    package init(flow: Located<String>, arguments: [Assignment] = []) {
        self.flow = flow
        self.arguments = arguments
    }
}

/// `{kind: value, option: value}` of an object that has kinds.
package struct ObjectArgument: Sendable, Equatable {
    package var kind: Located<String>
    package var value: Argument
    package var options: [Step.Option]
    package var span: Span

    package init(kind: Located<String>, value: Argument, options: [Step.Option], span: Span) {
        self.kind = kind
        self.value = value
        self.options = options
        self.span = span
    }

    package func option(_ name: String) -> Step.Option? {
        options.first { $0.name == name }
    }
}

/// `1, sales: target`: the key's comma-separated words, trimmed, and where they lead.
package struct Choice: Sendable, Equatable {
    package var keys: [Located<String>]
    package var span: Span
    package var target: Target

    package init(keys: [Located<String>], span: Span, target: Target) {
        self.keys = keys
        self.span = span
        self.target = target
    }
}

/// `sales: {en-US: [sales], es-MX: [ventas]}`, or without languages `sales: [sales, buy]`.
package struct PhraseEntry: Sendable, Equatable {
    package var name: Located<String>
    /// A nil language stands for the only one.
    package var forms: [Forms]

    package struct Forms: Sendable, Equatable {
        package var language: Located<String>?
        package var phrases: [Located<String>]

        package init(language: Located<String>?, phrases: [Located<String>]) {
            self.language = language
            self.phrases = phrases
        }
    }

    package init(name: Located<String>, forms: [Forms]) {
        self.name = name
        self.forms = forms
    }
}

/// One of `cases:`, or a numeric status of `fetch`: the key's comma-separated literals and the way.
package struct Case: Sendable, Equatable {
    package var keys: [Located<String>]
    package var span: Span
    package var target: Target

    package init(keys: [Located<String>], span: Span, target: Target) {
        self.keys = keys
        self.span = span
        self.target = target
    }
}

package struct Assignment: Sendable, Equatable {
    package var name: Located<String>
    package var value: Template

    package init(name: Located<String>, value: Template) {
        self.name = name
        self.value = value
    }
}

/// JSON as written in YAML: structure from the mapping, leaves from scalars (language.md §4).
package indirect enum DataTemplate: Sendable, Equatable {
    case scalar(Template)
    case list([DataTemplate])
    case object([Field])

    package struct Field: Sendable, Equatable {
        package var name: Located<String>
        package var value: DataTemplate

        package init(name: Located<String>, value: DataTemplate) {
            self.name = name
            self.value = value
        }
    }
}
