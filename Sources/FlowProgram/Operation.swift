/// The instruction set of the machine. Targets are indices into `Program.operations`.
///
/// | operation | needs | yields | may the machine stop here? |
/// |---|---|---|---|
/// | emit | – | pieces of the document, then the next operation | no |
/// | attach | – | media of the message, then the next operation | no |
/// | gather, record, dial, enqueue, connect | – | a wait | yes |
/// | set, setLanguage | – | variables, then the next operation | no |
/// | branch, select, jump, again, resume | – | another operation | no |
/// | call | – | a subflow's variables, then its first operation | no |
/// | return | – | the operation behind the call; without one, the end | no |
/// | fetch | an effect's answer | variables, then a way | while the effect runs |
/// | send | – | a message in the outbox, then the next operation | no |
/// | log | – | an event in the turn's log, then the next operation | no |
/// | finish | – | the end of the conversation | it ends |
///
/// The large ones are indirect: a list of operations is copied and walked often, and is mostly small ones.
package enum Operation: Hashable, Codable, Sendable {
    /// Voice: complete verbs. Sms: text of the message; neighbours become one message.
    case emit(Rendering)
    /// Sms: URLs attached to the message (a text or a list of texts).
    case attach(TypedExpression)
    indirect case gather(Gather)
    indirect case record(Record)
    indirect case dial(Dial)
    indirect case enqueue(Enqueue)
    indirect case connect(Connect)
    /// One after another, in the written order.
    case set([Setting])
    /// The tag of one of the program's languages.
    case setLanguage(TypedExpression)
    case branch(TypedExpression, then: Int, otherwise: Int)
    case select(TypedExpression, cases: [SelectCase], otherwise: Int)
    case jump(Int)
    /// To the gather at this index once more from its prompt; no attempt is used.
    case again(Int)
    /// To the gather that one of the flow's own choices interrupted, as `again`; to its beginning if none was.
    case resume
    indirect case call(Call)
    case `return`
    indirect case fetch(Fetch)
    indirect case send(Send)
    case log([LogField])
    case finish(Finish)

    package struct Call: Hashable, Codable, Sendable {
        /// All of the subflow's variables: what they begin with, then its params.
        package var settings: [Setting]
        package var target: Int
        /// Where it goes on after `return`.
        package var next: Int

        package init(settings: [Setting], target: Int, next: Int) {
            self.settings = settings
            self.target = target
            self.next = next
        }
    }

    package struct Setting: Hashable, Codable, Sendable {
        package var variable: Int
        package var value: TypedExpression

        package init(variable: Int, value: TypedExpression) {
            self.variable = variable
            self.value = value
        }
    }

    package struct SelectCase: Hashable, Codable, Sendable {
        package var value: Value
        package var target: Int

        package init(value: Value, target: Int) {
            self.value = value
            self.target = target
        }
    }

    package struct LogField: Hashable, Codable, Sendable {
        package var name: String
        package var value: TypedExpression

        package init(name: String, value: TypedExpression) {
            self.name = name
            self.value = value
        }
    }

    package enum Finish: Hashable, Codable, Sendable {
        /// Voice: `<Hangup/>`.
        case hangup
        /// Voice as `hangup`, but a wait flow is played again; sms: the next text starts anew.
        case end
        /// Pieces of a whole `<Reject>`.
        case reject(Rendering)
        /// Pieces of a whole `<Redirect>` out of the flow.
        case redirect(Rendering)
        /// A wait flow: out of the queue, by a name or none.
        case leave(String?)
        /// A whisper flow: the called side is connected.
        case accept
        /// A whisper flow: it isn't.
        case decline
    }
}

/// `send`: a message of its own, through the provider's REST API after the turn.
package struct Send: Hashable, Codable, Sendable {
    package var to: TypedExpression
    /// `to` must begin with one of them, else nothing is sent. No prefixes: any.
    package var prefixes: [String]
    /// nil: the number that the conversation is held with.
    package var from: TypedExpression?
    /// XML text, as of an sms's message.
    package var body: Rendering
    package var media: [TypedExpression]

    package init(
        to: TypedExpression, prefixes: [String] = [], from: TypedExpression? = nil, body: Rendering,
        media: [TypedExpression] = []
    ) {
        self.to = to
        self.prefixes = prefixes
        self.from = from
        self.body = body
        self.media = media
    }
}

/// `menu`, `ask` and `gather`: waits for keys, speech or a text.
package struct Gather: Hashable, Codable, Sendable {
    /// Voice: the whole `<Gather>` with its prompt and `Piece.action`. Sms: the text of the prompt.
    package var prompt: Rendering
    /// How often it is asked in all, 1...
    package var attempts: Int
    /// What is said after failure k: entry k−1, or the last one; nothing if empty.
    package var noInput: [Rendering]
    package var noMatch: [Rendering]
    /// The choices, tried before `input`.
    package var choices: [ChoicePattern]
    /// For `ask` and `gather`: the type of the answer.
    package var input: InputForm?
    /// The variable that takes the answer.
    package var into: Int?
    /// Where an answer that fits `input` leads.
    package var next: Int
    /// Where the last failure leads.
    package var otherwise: Int
    /// The gather whose answer this one reads back, which leads here and shares its attempts: a no asks that again.
    package var confirms: Int?
    /// What is typed or said is shown nowhere; nil where it may be.
    package var isSensitive: Bool?

    package init(
        prompt: Rendering, attempts: Int, noInput: [Rendering], noMatch: [Rendering],
        choices: [ChoicePattern], input: InputForm?, into: Int?, next: Int, otherwise: Int,
        confirms: Int? = nil, isSensitive: Bool = false
    ) {
        self.confirms = confirms
        self.isSensitive = isSensitive ? true : nil
        self.prompt = prompt
        self.attempts = attempts
        self.noInput = noInput
        self.noMatch = noMatch
        self.choices = choices
        self.input = input
        self.into = into
        self.next = next
        self.otherwise = otherwise
    }
}

/// One choice: what means it and where it leads.
package struct ChoicePattern: Hashable, Codable, Sendable {
    /// As the provider sends them: `1`, `42`, `*`, `#`.
    package var keys: [String]
    /// Folded phrases, one list for each of the program's languages or one for all.
    package var phrases: [[String]]
    package var target: Int

    package init(keys: [String], phrases: [[String]], target: Int) {
        self.keys = keys
        self.phrases = phrases
        self.target = target
    }
}

/// How an answer becomes a value.
package enum InputForm: Hashable, Codable, Sendable {
    /// Digits typed, spoken or written; as many as the range allows.
    case digits(ClosedRange<Int>)
    /// Within a range, if there is one.
    case integer(ClosedRange<Int64>?)
    case number(ClosedRange<Double>?)
    case phone
    case date
    case time
    case duration
    /// Of a currency.
    case money(String)
    /// Written only.
    case url
    /// yes or no, ja or nein …; keys 1 and 2.
    case yesNo
    case text(limit: Int)
    /// One of the words.
    case words([AnswerWord])
    /// `gather`: a record of `digits?`, `speech?`, `confidence?`.
    case raw
}

/// What means one of several things: keys, and phrases in each language.
package protocol AnswerPattern {
    /// As the provider sends them: `1`, `42`, `*`, `#`.
    var keys: [String] { get }
    /// Folded phrases, one list for each of the program's languages or one for all.
    var phrases: [[String]] { get }
}

extension ChoicePattern: AnswerPattern {}

/// A word of an enum, with what means it.
package struct AnswerWord: Hashable, Codable, Sendable, AnswerPattern {
    package var word: String
    package var keys: [String]
    package var phrases: [[String]]

    package init(_ word: String, keys: [String], phrases: [[String]]) {
        self.word = word
        self.keys = keys
        self.phrases = phrases
    }
}

/// `record`: the way after it and the way if nothing was recorded.
package struct Record: Hashable, Codable, Sendable {
    /// The prompt's verbs, then the whole `<Record>` with `Piece.action`.
    package var rendering: Rendering
    /// Takes a record of `url`, `seconds`, `key?`.
    package var into: Int?
    package var next: Int
    package var otherwise: Int

    package init(rendering: Rendering, into: Int?, next: Int, otherwise: Int) {
        self.rendering = rendering
        self.into = into
        self.next = next
        self.otherwise = otherwise
    }
}

/// `dial`: the ways of its outcomes.
package struct Dial: Hashable, Codable, Sendable {
    /// The whole `<Dial>` with `Piece.action`.
    package var rendering: Rendering
    /// Numbers that must begin with one of the prefixes; else the way is `failed`. No prefixes: any.
    package var guards: [Guard]
    /// Takes the record of `ResultForm.dial`.
    package var into: Int?
    package var answered: Int
    package var busy: Int
    package var noAnswer: Int
    package var failed: Int
    package var canceled: Int
    /// The whispers of those who are dialled, or what is heard in a conference until the talk begins.
    package var sides: [Side]?
    /// Where it leads if a whisper didn't accept; nil if nobody hears one.
    package var declined: Int?

    package struct Guard: Hashable, Codable, Sendable {
        package var number: TypedExpression
        /// What it must begin with one of; none: it must not be blank.
        package var prefixes: [String]

        package init(number: TypedExpression, prefixes: [String]) {
            self.number = number
            self.prefixes = prefixes
        }
    }

    package init(
        rendering: Rendering, guards: [Guard], into: Int? = nil, answered: Int, busy: Int, noAnswer: Int,
        failed: Int,
        canceled: Int, sides: [Side]? = nil, declined: Int? = nil
    ) {
        self.sides = sides
        self.declined = declined
        self.rendering = rendering
        self.guards = guards
        self.into = into
        self.answered = answered
        self.busy = busy
        self.noAnswer = noAnswer
        self.failed = failed
        self.canceled = canceled
    }
}

/// `enqueue`: the ways of its results.
package struct Enqueue: Hashable, Codable, Sendable {
    /// The whole `<Enqueue>` with `Piece.action`.
    package var rendering: Rendering
    /// Takes the record of `ResultForm.enqueue`.
    package var into: Int?
    package var bridged: Int
    package var left: Int
    package var full: Int
    package var failed: Int
    /// What is heard in the queue; nil: the provider's music.
    package var wait: Side?
    /// Where the names lead that the wait flow leaves by.
    package var leaves: [Leave]?
    /// What TaskRouter is to do once it has found a worker; nil: it hears of that later.
    package var instruction: JSONTemplate?

    package struct Leave: Hashable, Codable, Sendable {
        package var name: String
        package var target: Int

        package init(name: String, target: Int) {
            self.name = name
            self.target = target
        }
    }

    package init(
        rendering: Rendering, into: Int? = nil, bridged: Int, left: Int, full: Int, failed: Int,
        wait: Side? = nil, leaves: [Leave]? = nil, instruction: JSONTemplate? = nil
    ) {
        self.wait = wait
        self.leaves = leaves
        self.instruction = instruction
        self.into = into
        self.rendering = rendering
        self.bridged = bridged
        self.left = left
        self.full = full
        self.failed = failed
    }
}

/// `connect`, `pay`, `refer`: a verb that takes the call over, until the provider says what came of it.
package struct Connect: Hashable, Codable, Sendable {
    package var form: ResultForm
    /// The whole verb with `Piece.action`.
    package var rendering: Rendering
    /// Takes the record of `form`.
    package var into: Int?
    /// The parameter whose words choose the way.
    package var status: String
    package var ways: [Way]
    /// The way of any other word, and of none.
    package var otherwise: Int
    /// The provider may go on with the next verb instead of asking for the action: that is `otherwise`, too.
    package var mayGoOn: Bool

    package struct Way: Hashable, Codable, Sendable {
        package var word: String
        package var target: Int

        package init(word: String, target: Int) {
            self.word = word
            self.target = target
        }
    }

    package init(
        form: ResultForm, rendering: Rendering, into: Int?, status: String, ways: [Way], otherwise: Int,
        mayGoOn: Bool
    ) {
        self.form = form
        self.rendering = rendering
        self.into = into
        self.status = status
        self.ways = ways
        self.otherwise = otherwise
        self.mayGoOn = mayGoOn
    }
}

/// `fetch`: one HTTP call and its ways.
package struct Fetch: Hashable, Codable, Sendable {
    package var method: String
    package var url: TextTemplate
    package var query: [NamedExpression]
    package var headers: [NamedExpression]
    /// HTTP Basic authentication.
    package var credentials: Credentials?
    package var body: Body
    /// The type of the answer's JSON; nil: the body is ignored.
    package var returns: ValueType?
    package var into: Int?
    /// Milliseconds, each try.
    package var timeout: Int
    /// How often it is tried again.
    package var retries: Int
    package var once: Bool
    package var statuses: [Status]
    package var failed: Int
    package var next: Int
    /// The URL must begin with one of these; else the way is `failed`. nil: whatever it is.
    package var allowed: [String]?

    /// How often it is tried in all.
    package var tries: Int { once ? 1 : 1 + max(0, retries) }
    /// Milliseconds that all its tries take at most.
    package var worstCase: Int { max(0, timeout) * tries }

    package enum Body: Hashable, Codable, Sendable {
        case nothing
        case json(JSONTemplate)
        case form([NamedExpression])
    }

    package struct Credentials: Hashable, Codable, Sendable {
        package var user: TypedExpression
        package var password: TypedExpression

        package init(user: TypedExpression, password: TypedExpression) {
            self.user = user
            self.password = password
        }
    }

    package struct Status: Hashable, Codable, Sendable {
        package var code: Int
        package var target: Int

        package init(code: Int, target: Int) {
            self.code = code
            self.target = target
        }
    }

    package init(
        method: String, url: TextTemplate, query: [NamedExpression], headers: [NamedExpression],
        credentials: Credentials? = nil, body: Body, returns: ValueType?, into: Int?, timeout: Int,
        retries: Int, once: Bool,
        statuses: [Status], failed: Int, next: Int, allowed: [String]? = nil
    ) {
        self.allowed = allowed
        self.method = method
        self.url = url
        self.query = query
        self.headers = headers
        self.credentials = credentials
        self.body = body
        self.returns = returns
        self.into = into
        self.timeout = timeout
        self.retries = retries
        self.once = once
        self.statuses = statuses
        self.failed = failed
        self.next = next
    }
}

/// A text with holes that isn't part of a document: each hole is percent-encoded in a URL, except a
/// first hole at its very beginning, which gives scheme and host.
package struct TextTemplate: Hashable, Codable, Sendable {
    package enum Segment: Hashable, Codable, Sendable {
        case literal(String)
        case hole(TypedExpression)
    }

    package var segments: [Segment]

    package init(_ segments: [Segment]) {
        self.segments = segments
    }
}

/// A name and what it is set to; a value of `none` leaves the name out.
package struct NamedExpression: Hashable, Codable, Sendable {
    package var name: String
    package var value: TypedExpression

    package init(name: String, value: TypedExpression) {
        self.name = name
        self.value = value
    }
}

/// JSON with typed expressions as leaves; `none` is `null`.
package indirect enum JSONTemplate: Hashable, Codable, Sendable {
    case value(TypedExpression)
    case list([JSONTemplate])
    case object([Field])

    package struct Field: Hashable, Codable, Sendable {
        package var name: String
        package var value: JSONTemplate

        package init(name: String, value: JSONTemplate) {
            self.name = name
            self.value = value
        }
    }
}
