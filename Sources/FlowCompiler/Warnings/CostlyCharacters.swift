import FlowLang
import FlowProgram
import TwiML

/// One curly quote makes a whole message UCS-2, and the bill twice as high or more.
extension FlowLowering {
    /// Warns of characters that a plain twin would make cheaper.
    ///
    /// - Parameter atoms: what the prompt writes in a language of the flow.
    mutating func reportCost(of prompt: Prompt, in language: Int, _ atoms: [SpeechAtom]) {
        let text = Self.text(of: atoms)
        guard !GSM7.holds(text), let plain = Self.plain(text) else { return }
        let (dear, cheap) = (MessageSegments(of: text), MessageSegments(of: plain))
        guard dear.count > cheap.count else { return }
        for literal in literals(of: prompt, in: languages[language].tag) where !GSM7.holds(literal.value) {
            warn(
                CheckMessages.costlyCharacter(literal, dear.count, insteadOf: cheap.count))
        }
    }

    private static func text(of atoms: [SpeechAtom]) -> String {
        atoms.reduce(into: "") { text, atom in
            switch atom {
            case .text(let literal): text += literal
            case .emphasis(let inner), .language(_, let inner), .markup(_, let inner):
                text += Self.text(of: inner)
            case .hole, .pause, .play: break
            }
        }
    }

    /// With a plain twin for each character that needs one; nil if one has none.
    static func plain(_ text: String) -> String? {
        var plain = ""
        for scalar in text.unicodeScalars {
            if GSM7.width(of: scalar) != nil {
                plain.unicodeScalars.append(scalar)
            } else if let twin = GSM7.twin(of: scalar) {
                plain += twin.text
            } else {
                return nil
            }
        }
        return plain
    }

    private func literals(of prompt: Prompt, in tag: String) -> [Located<String>] {
        switch prompt.kind {
        case .text(let template): return literals(of: template)
        case .part(.spell(let template)), .part(.emphasis(let template)): return literals(of: template)
        case .part(.inLanguage(_, let inner)): return literals(of: inner, in: tag)
        case .part, .invalid: return []
        case .sequence(let prompts): return prompts.flatMap { literals(of: $0, in: tag) }
        case .languages(let entries):
            return entries.first { $0.language.value == tag }.map { literals(of: $0.prompt, in: tag) } ?? []
        case .channels(let entries):
            return entries.first { $0.channel.value == .sms }.map { literals(of: $0.prompt, in: tag) } ?? []
        }
    }

    private func literals(of template: Template) -> [Located<String>] {
        template.segments.compactMap { if case .literal(let text) = $0 { text } else { nil } }
    }
}
