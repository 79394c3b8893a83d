/// One row of the verb table: everything that reader, checker, schema, docs and "did you mean" know
/// of a verb's shape. Rows are looked up for every key of a file, so they are handed on by reference.
package final class VerbRow: Sendable {
    package let verb: Verb
    package let channels: [FlowChannel]
    /// In voice: where it runs.
    package let places: [FlowPlace]
    /// Where it runs in practice, though the provider's documentation doesn't say so: using it there is a warning.
    package let unverifiedPlaces: [FlowPlace]
    /// One line of documentation.
    package let summary: String
    package let argument: ArgumentRule
    package let options: [OptionRow]

    /// The value of the verb's own key.
    package enum ArgumentRule: Sendable {
        /// The verb stands alone: `- hangup`.
        case nothing
        case required(ArgumentKind)
        /// The verb may stand alone or have a value.
        case optional(ArgumentKind)
    }

    package init(
        _ verb: Verb, on channels: [FlowChannel], in places: [FlowPlace] = [.call],
        unverifiedIn unverifiedPlaces: [FlowPlace] = [], _ summary: String, takes argument: ArgumentRule,
        options: [OptionRow] = []
    ) {
        self.verb = verb
        self.channels = channels
        self.places = places
        self.unverifiedPlaces = unverifiedPlaces
        self.summary = summary
        self.argument = argument
        self.options = options
    }

    package func option(_ name: String) -> OptionRow? {
        for option in options where option.name.isName(name) { return option }
        return nil
    }

    /// What stands beside the verb by its own name.
    package var namedOptions: [OptionRow] { options.filter { !$0.isUnnamed } }
}

package final class OptionRow: Sendable {
    package let name: String
    package let kind: ArgumentKind
    /// What holds where the option is left out, as docs say it; nil if there is nothing to say.
    package let standard: String?
    package let summary: String
    /// Left out, the step is an error.
    package let isRequired: Bool
    /// nil: wherever the verb runs.
    package let channels: [FlowChannel]?
    /// What of TwiML it stands for and is documented as, `Dial timeout`: element and attribute; nil: it is the language's own.
    package let source: String?
    /// The provider's documentation doesn't confirm it: using it is a warning.
    package let isUnverified: Bool
    /// TwiML takes a duration in milliseconds, not in seconds.
    package let isInMilliseconds: Bool
    /// It gathers keys that the author chooses, such as the statuses of `fetch`; none is called like this.
    package let isUnnamed: Bool

    package init(
        _ name: String, _ kind: ArgumentKind, _ summary: String, standard: String? = nil,
        required: Bool = false, on channels: [FlowChannel]? = nil, source: String? = nil,
        unverified: Bool = false, inMilliseconds: Bool = false, unnamed: Bool = false
    ) {
        self.name = name
        self.isUnnamed = unnamed
        self.kind = kind
        self.isInMilliseconds = inMilliseconds
        self.summary = summary
        self.standard = standard
        self.isRequired = required
        self.channels = channels
        self.source = source
        self.isUnverified = unverified
    }
}

/// How a value is read. The first group gives `Argument.template`, to be read by the compiler.
package indirect enum ArgumentKind: Sendable {
    /// A text that may hold holes.
    case text
    /// A text of at most so many characters.
    case shortText(Int)
    /// A text that may be a `secret`.
    case credential
    /// A scalar that the compiler reads by the type of its place.
    case value
    case number(ClosedRange<Double>)
    case url
    /// `wss://…`
    case webSocketURL
    /// `sip:…` or `sips:…`
    case sipAddress
    /// The provider's name of a thing: these two letters and 32 hexadecimal digits.
    case sid(String)
    case phone
    /// A language tag, or one of the words.
    case language(or: [String])
    case bool
    /// One of the words.
    case words([String])
    case integer(ClosedRange<Int>)
    /// In the unit of the language (`20s`, `2m`), bounds in milliseconds.
    case duration(ClosedRange<Int>)
    /// One of the keys `0`-`9`, `*`, `#`, or `none`.
    case key
    /// A text of such keys, or `any` or `none`.
    case keys
    /// A text of keys, of `A`-`D` and of `w` and `W`, which wait half a second and a second.
    case tones
    /// A variable's name; no holes.
    case variable
    /// A state's name; no holes.
    case state
    /// The name of a flow of the project; no holes.
    case flow
    /// `Argument.flow`: a flow with this `runs`, as a name or as `{flow, with}`.
    case roleFlow(FlowRole)
    /// A name of an outcome; no holes.
    case outcome

    /// One scalar or a list of such: `Argument.list` of `.template`, also for a single one.
    case list(ArgumentKind)
    /// `Argument.prompt`
    case prompt
    /// `Argument.prompts`
    case prompts
    /// `Argument.expression`
    case expression
    /// `Argument.target`
    case target
    /// `Argument.choices`
    case choices
    /// `Argument.phrases`
    case phrases
    /// `Argument.cases`
    case cases
    /// `Argument.assignments`
    case assignments
    /// `Argument.data`
    case data
    /// `Argument.data`: one of TaskRouter's words, or one with its fields
    case instruction
    /// `Argument.type`; for `ask` a type expression, for `fetch.returns` too
    case type
    /// A scalar read as `scalar` (`Argument.template`), or an object that has kinds (`Argument.object`).
    case object(scalar: ArgumentKind?, kinds: [ObjectRow])
    /// A scalar, or a list of texts and objects, as `dial` takes: `Argument.list`.
    case manyOf(ArgumentKind)
    /// An object of fixed keys, each a text: `auth: {user, password}`; `Argument.assignments`.
    case fields([String])
    /// Mappings with these keys, or one such: `Argument.records`.
    case records([OptionRow])
}

/// One kind of an object that has kinds, with its own options.
package final class ObjectRow: Sendable {
    package let name: String
    package let kind: ArgumentKind
    package let summary: String
    package let options: [OptionRow]
    /// What of TwiML its value stands for: the element whose text it is, or an element and its attribute; nil: the language's own.
    package let source: String?
    /// The provider's documentation doesn't confirm it: using it is a warning.
    package let isUnverified: Bool

    package init(
        _ name: String, _ kind: ArgumentKind, _ summary: String, options: [OptionRow] = [],
        source: String? = nil, unverified: Bool = false
    ) {
        self.name = name
        self.source = source
        self.isUnverified = unverified
        self.kind = kind
        self.summary = summary
        self.options = options
    }
}
