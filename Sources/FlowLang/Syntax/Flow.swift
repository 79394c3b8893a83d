/// A flow file as written: the mapping at its top, key by key.
package struct Flow: Sendable, Equatable {
    package var name: Located<String>?
    package var channels: [Located<FlowChannel>] = []
    /// nil: it answers a call or a text.
    package var role: Located<FlowRole>?
    package var description: Located<String>?
    package var languages: [Located<String>] = []
    package var voices: [Voice] = []
    package var timezone: Located<String>?
    package var config: [ConfigDeclaration] = []
    package var params: [ParameterDeclaration] = []
    package var types: [TypeDeclaration] = []
    package var vars: [VariableDeclaration] = []
    package var texts: [TextDeclaration] = []
    package var hours: [HoursDeclaration] = []
    /// Flow-wide defaults, read as the options of the same name.
    package var defaults: [Step.Option] = []
    /// Milliseconds.
    package var expires: Located<Int64>?
    /// In the order of the file.
    package var handlers: [Handler] = []
    /// `on: choices`, as a step that has them and their `phrases` as options.
    package var choices: Step?
    /// The type of what `return` hands back.
    package var returns: TypeExpression?
    package var states: [StateDeclaration] = []
    package var span: Span

    package struct Handler: Sendable, Equatable {
        package var event: Located<HandlerEvent>
        package var steps: [Step]

        package init(event: Located<HandlerEvent>, steps: [Step]) {
            self.event = event
            self.steps = steps
        }
    }

    package var errorHandler: [Step]? { handlers.first { $0.event.value == .error }?.steps }

    package struct Voice: Sendable, Equatable {
        package var language: Located<String>
        package var voice: Located<String>

        package init(language: Located<String>, voice: Located<String>) {
            self.language = language
            self.voice = voice
        }
    }

    package struct ConfigDeclaration: Sendable, Equatable {
        package var name: Located<String>
        package var type: TypeExpression
        package var defaultValue: Template?

        package init(name: Located<String>, type: TypeExpression, defaultValue: Template?) {
            self.name = name
            self.type = type
            self.defaultValue = defaultValue
        }
    }

    package struct ParameterDeclaration: Sendable, Equatable {
        package var name: Located<String>
        package var type: TypeExpression

        package init(name: Located<String>, type: TypeExpression) {
            self.name = name
            self.type = type
        }
    }

    package struct TypeDeclaration: Sendable, Equatable {
        package var name: Located<String>
        package var type: TypeExpression

        package init(name: Located<String>, type: TypeExpression) {
            self.name = name
            self.type = type
        }
    }

    package struct VariableDeclaration: Sendable, Equatable {
        package var name: Located<String>
        package var type: TypeExpression
        package var initial: Template?

        package init(name: Located<String>, type: TypeExpression, initial: Template?) {
            self.name = name
            self.type = type
            self.initial = initial
        }
    }

    package struct TextDeclaration: Sendable, Equatable {
        package var name: Located<String>
        package var prompt: Prompt

        package init(name: Located<String>, prompt: Prompt) {
            self.name = name
            self.prompt = prompt
        }
    }

    package init(span: Span) {
        self.span = span
    }
}

/// What a flow hears of besides the answers that it waits for.
package enum HandlerEvent: String, Sendable, CaseIterable {
    case error, hangup, recording, transcription
    case messageStatus = "message_status"
    case expired

    /// Where it may happen.
    package var channels: [FlowChannel] {
        switch self {
        case .error, .messageStatus: [.voice, .sms]
        case .hangup, .recording, .transcription: [.voice]
        case .expired: [.sms]
        }
    }
}

/// A state: a name and its steps. `steps:` gives one state named `start`.
package struct StateDeclaration: Sendable, Equatable {
    package var name: Located<String>
    package var steps: [Step]

    package init(name: Located<String>, steps: [Step]) {
        self.name = name
        self.steps = steps
    }
}
