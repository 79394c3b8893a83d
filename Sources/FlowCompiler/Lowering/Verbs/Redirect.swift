import FlowLang
import FlowProgram
import TwiML

extension FlowLowering {
    mutating func lowerRedirect(_ step: Step) {
        guard case .template(let template)? = step.argument else { return }
        let method: HTTPMethod = word("method", of: step) == "GET" ? .get : .post
        let atoms = urlAtoms(of: template)
        note(host: .redirect, of: atoms, at: template.span, allowance(of: step, .anything))
        let rendering =
            channel == .voice
            ? rendering { _, builder, _ in
                [.redirect(Redirect(builder.text(of: atoms, in: nil), method: method))]
            } : messagingRedirect(atoms, method: method)
        code.emit(.finish(.redirect(rendering)), at: step.span)
    }

    private mutating func messagingRedirect(_ atoms: [SpeechAtom], method: HTTPMethod) -> Rendering {
        var builder = PieceBuilder()
        let verb = MessagingVerb.redirect(Redirect(builder.text(of: atoms, in: nil), method: method))
        writer.write { verb.write(to: &$0) }
        return Rendering(builder.pieces(of: writer, in: &statics))
    }
}
