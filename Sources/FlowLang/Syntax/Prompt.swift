/// What is spoken or written to the person: the value of `say`, `menu`, `ask`, `record`, `no_input`.
package struct Prompt: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        case text(Template)
        indirect case part(Part)
        /// Joined by one blank, none before punctuation.
        case sequence([Prompt])
        case languages([LanguageEntry])
        case channels([ChannelEntry])
        case invalid
    }

    package enum Part: Sendable, Equatable {
        case spell(Template)
        case pause(Template)
        case play(Template)
        case emphasis(Template)
        case ssml(Template)
        /// `{in: es-MX, say: …}`
        case inLanguage(Located<String>, Prompt)
    }

    package struct LanguageEntry: Sendable, Equatable {
        package var language: Located<String>
        package var prompt: Prompt

        package init(language: Located<String>, prompt: Prompt) {
            self.language = language
            self.prompt = prompt
        }
    }

    package struct ChannelEntry: Sendable, Equatable {
        package var channel: Located<FlowChannel>
        package var prompt: Prompt

        package init(channel: Located<FlowChannel>, prompt: Prompt) {
            self.channel = channel
            self.prompt = prompt
        }
    }

    package var kind: Kind
    package var span: Span

    package init(_ kind: Kind, _ span: Span) {
        self.kind = kind
        self.span = span
    }
}

/// Where a flow speaks.
package enum FlowChannel: String, Sendable, CaseIterable {
    case voice
    case sms
}
