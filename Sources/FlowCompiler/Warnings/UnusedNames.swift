import FlowLang
import FlowProgram

/// What is declared or set and read nowhere: config, texts, and variables that only `set` and `vars` know. What a step has to put
/// `into:` a variable needn't be read.
extension FlowLowering {
    mutating func reportUnusedNames() {
        let readConfig = typer.names.readConfigNames
        for item in flow.config where !readConfig.contains(item.name.value) {
            diagnostics.report(
                CheckMessages.unusedName(
                    item.name, "config", "Remove it, or use config.\(item.name.value)."))
        }
        for text in flow.texts where !saidTexts.contains(text.name.value) {
            diagnostics.report(
                CheckMessages.unusedName(text.name, "text", "Remove it, or say ${texts.\(text.name.value)}."))
        }
        for slot in typer.names.variables.indices.dropFirst(firstVariable) where slot != result?.slot {
            let variable = typer.names.variables[slot]
            guard !variable.isRead, !variable.takesAnswer, let first = variable.assignments.first else {
                continue
            }
            let name = Located(variable.name, first)
            diagnostics.report(CheckMessages.unusedName(name, "variable", "Remove it, or read it somewhere."))
        }
    }
}
