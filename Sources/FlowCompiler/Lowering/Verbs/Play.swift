import FlowLang
import FlowProgram
import TwiML

extension FlowLowering {
    mutating func lowerPlay(_ step: Step) {
        let loop = integer("loop", of: step)
        let digits = keys("digits", of: step, allowing: "wWABCD")
        guard case .template(let template)? = step.argument else {
            guard let digits else {
                typer.diagnostics.report(CheckMessages.missingPlay(step))
                return
            }
            let rendering = rendering { _, _, _ in [.play(Play(digits: Text(digits), loop: loop))] }
            code.emit(.emit(rendering), at: step.span)
            return
        }
        let atoms = urlAtoms(of: template)
        guard !atoms.isEmpty else { return }
        let rendering = rendering { _, builder, _ in
            [.play(Play(url: builder.text(of: atoms, in: nil), loop: loop))]
        }
        code.emit(.emit(rendering), at: step.span)
    }
}
