/// A compiled flow: one entry flow for one channel with all that it reaches. Plain data; equal programs have equal bytes.
public struct Program: Hashable, Codable, Sendable {
    /// A newer runtime reads an older format; an older one refuses a newer.
    public static let currentFormat = 1

    public internal(set) var format = Program.currentFormat
    /// The flow's name.
    public package(set) var flow: String
    public package(set) var channel: Channel
    /// At least one; the first is the default.
    package var languages: [Language]
    /// An IANA zone.
    package var timezone: String?
    package var config: [ConfigItem]
    package var parameters: [Parameter]
    package var variables: [Variable]
    package var hours: [Calendar]
    /// In the order of `entry`, which ascends; a state's operations lie side by side.
    package var states: [State]
    package var operations: [Operation]
    package var statics: [StaticPiece]
    /// The first operation of a conversation.
    package var entry: Int
    /// The first operation of `on: error`.
    package var errorHandler: Int?
    /// What is heard at every wait.
    package var interrupts: Interrupts?
    /// What it hears of besides the answers that it waits for; one a kind at most.
    package var handlers: [Handler]
    /// The flows that it runs and those that are heard beside it, in the order of their operations, which lie behind those of the entry flow.
    package var subflows: [Subflow]
    /// Voice: verbs that say sorry. Sms: the text. Then the conversation ends.
    package var apology: Rendering
    /// Voice: verbs that say sorry before a document is heard once more, the apology's first half.
    package var pardon: Rendering?
    /// Voice: the number to ring when the server is down; a literal or a config.
    package var fallback: TypedExpression?
    /// Sms: seconds of silence after which a conversation is over.
    package var expires: Int
    /// For each operation, as a bit: a silent way stops before it (turn.md rule 4: it sets a variable,
    /// reads the clock or has an effect).
    package var stopsSilentWay: [Bool]
    /// Sms: the segments of a message at most; what is longer is cut. nil: as many as the provider takes.
    package var maxSegments: Int?
    /// Messages of their own bound, in the order of their operations.
    package var segmentLimits: [SegmentLimit]?

    package struct SegmentLimit: Hashable, Codable, Sendable {
        /// An `emit`.
        package var operation: Int
        package var segments: Int

        package init(operation: Int, segments: Int) {
            self.operation = operation
            self.segments = segments
        }
    }

    package init(
        flow: String, channel: Channel, languages: [Language], timezone: String?,
        config: [ConfigItem], parameters: [Parameter], variables: [Variable], hours: [Calendar],
        states: [State], operations: [Operation], statics: [StaticPiece], entry: Int,
        errorHandler: Int?, interrupts: Interrupts? = nil, handlers: [Handler] = [], subflows: [Subflow] = [],
        apology: Rendering,
        expires: Int, stopsSilentWay: [Bool]
    ) {
        self.interrupts = interrupts
        self.flow = flow
        self.channel = channel
        self.languages = languages
        self.timezone = timezone
        self.config = config
        self.parameters = parameters
        self.variables = variables
        self.hours = hours
        self.states = states
        self.operations = operations
        self.statics = statics
        self.entry = entry
        self.errorHandler = errorHandler
        self.handlers = handlers
        self.subflows = subflows
        self.apology = apology
        self.expires = expires
        self.stopsSilentWay = stopsSilentWay
    }

    /// Steps that have effects only: they set variables, fetch, send and log.
    package struct Handler: Hashable, Codable, Sendable {
        package var event: NoticeKind
        /// Its first operation.
        package var entry: Int
        /// The variable that takes what came, while it runs.
        package var variable: Int?

        package init(event: NoticeKind, entry: Int, variable: Int? = nil) {
            self.event = event
            self.entry = entry
            self.variable = variable
        }
    }

    /// Some step of it is a `send`.
    public var sendsMessages: Bool {
        operations.contains { if case .send = $0 { true } else { false } }
    }

    package func handler(of event: NoticeKind) -> Handler? { handlers.first { $0.event == event } }

    package struct Language: Hashable, Codable, Sendable {
        /// BCP-47
        package var tag: String
        package var voice: String?

        package init(tag: String, voice: String?) {
            self.tag = tag
            self.voice = voice
        }
    }

    package struct ConfigItem: Hashable, Codable, Sendable {
        package var name: String
        package var type: ValueType
        package var defaultValue: Value?

        package init(name: String, type: ValueType, defaultValue: Value?) {
            self.name = name
            self.type = type
            self.defaultValue = defaultValue
        }
    }

    package struct Parameter: Hashable, Codable, Sendable {
        /// As the provider spells it.
        package var name: String
        package var type: ValueType
        /// The variable that takes it at the start.
        package var variable: Int

        package init(name: String, type: ValueType, variable: Int) {
            self.name = name
            self.type = type
            self.variable = variable
        }
    }

    package struct Variable: Hashable, Codable, Sendable {
        package var name: String
        package var type: ValueType
        /// What it is at the start; nil is `none`.
        package var initial: Value?

        package init(name: String, type: ValueType, initial: Value?) {
            self.name = name
            self.type = type
            self.initial = initial
        }
    }

    package struct State: Hashable, Codable, Sendable {
        package var name: String
        package var entry: Int

        package init(name: String, entry: Int) {
            self.name = name
            self.entry = entry
        }
    }

    /// A flow that another one runs. No flow runs itself in a circle, so one set of variables is enough for each.
    package struct Subflow: Hashable, Codable, Sendable {
        package var flow: String
        /// Its first operation.
        package var entry: Int
        /// The first operation of its `on: error`.
        package var errorHandler: Int?
        package var interrupts: Interrupts?
        /// Nothing runs it: it is heard beside the conversation.
        package var isSide: Bool?

        package init(
            flow: String, entry: Int, errorHandler: Int?, interrupts: Interrupts? = nil, isSide: Bool? = nil
        ) {
            self.isSide = isSide
            self.flow = flow
            self.entry = entry
            self.errorHandler = errorHandler
            self.interrupts = interrupts
        }
    }

    /// `on: choices` of a flow: heard at each of its waits, before the wait's own answers. The whole answer is the key or the
    /// phrase.
    package struct Interrupts: Hashable, Codable, Sendable {
        package var choices: [ChoicePattern]
        /// Takes the wait that was interrupted, see `Interrupts.mark`.
        package var variable: Int
        /// The gathers that can be interrupted, in ascending order; those of `on: choices` aren't among them.
        package var waits: [Int]

        package init(choices: [ChoicePattern], variable: Int, waits: [Int]) {
            self.choices = choices
            self.variable = variable
            self.waits = waits
        }

        /// An operation and its attempt, as one number.
        package static func mark(_ operation: Int, attempt: Int) -> Value {
            .integer(Int64(operation) * 16 + Int64(min(attempt, 15)))
        }

        package static func place(_ mark: Value) -> (operation: Int, attempt: Int)? {
            guard case .integer(let mark) = mark, mark >= 0, let place = Int(exactly: mark) else {
                return nil
            }
            return (place / 16, place % 16)
        }
    }

    /// Those of the flow that an operation was written in.
    package func interrupts(at operation: Int) -> Interrupts? {
        guard let subflow = subflow(of: operation) else { return interrupts }
        return subflows[subflow].interrupts
    }

    /// Where a flow's `resume` may lead: its waits, and its beginning.
    package func resumed(from operation: Int) -> [Int] {
        let start = subflow(of: operation).map { subflows[$0].entry } ?? entry
        return (interrupts(at: operation)?.waits ?? []) + [start]
    }

    /// The flow that an operation was written in: an index into `subflows`, nil for the entry flow.
    package func subflow(of operation: Int) -> Int? {
        subflows.lastIndex { $0.entry <= operation }
    }

    /// Opening hours in civil time.
    package struct Calendar: Hashable, Codable, Sendable {
        package var name: String
        /// 7 lists, Monday first, of spans in minutes after midnight of that day. A span past midnight ends beyond 1440.
        package var week: [[Span]]
        package var closed: [CivilDate]
        package var openOn: [OpenDay]

        package struct Span: Hashable, Codable, Sendable {
            package var from: Int
            package var to: Int

            package init(from: Int, to: Int) {
                self.from = from
                self.to = to
            }
        }

        package struct OpenDay: Hashable, Codable, Sendable {
            package var date: CivilDate
            package var span: Span

            package init(date: CivilDate, span: Span) {
                self.date = date
                self.span = span
            }
        }

        package init(name: String, week: [[Span]], closed: [CivilDate], openOn: [OpenDay]) {
            self.name = name
            self.week = week
            self.closed = closed
            self.openOn = openOn
        }
    }
}

/// Where a conversation takes place.
public enum Channel: String, Hashable, Codable, Sendable, CaseIterable {
    case voice
    case sms
}
