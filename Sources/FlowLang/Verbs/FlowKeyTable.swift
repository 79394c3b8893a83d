/// The keys at the top of a flow file, and those of its `defaults`: reader, docs and "did you mean" read the same rows.
package enum FlowKeyTable {
    package struct Row: Sendable {
        package var name: String
        /// One line of documentation.
        package var summary: String

        init(_ name: String, _ summary: String) {
            self.name = name
            self.summary = summary
        }
    }

    /// In the order of the reference page.
    package static let rows: [Row] = [
        Row("flow", "The flow's name, unique in the project. Required."),
        Row("channel", "`voice`, `sms` or `[voice, sms]`. Required."),
        Row(
            "runs",
            "`wait`: played to somebody who waits; `whisper`: to the called side before it is connected. Left out: it answers."
        ),
        Row("description", "One line for people."),
        Row("languages", "BCP-47 tags; the first is the one that a conversation begins in."),
        Row("voices", "A voice for each language."),
        Row("timezone", "An IANA zone; needed as soon as something depends on the time of day."),
        Row("config", "Typed settings, read from the environment once at start."),
        Row("params", "Typed values that the first request brings."),
        Row("types", "Named types."),
        Row("vars", "Variables with a type and perhaps an initial value."),
        Row("texts", "Prompts with a name, for use in several places."),
        Row("hours", "Calendars: when somebody is there."),
        Row("defaults", "What steps don't say themselves."),
        Row("expires", "sms: the silence that ends a conversation; 4h if left out."),
        Row("returns", "The type of what `return` hands to the flow that runs this one."),
        Row(
            "on",
            "What is done besides the way of the flow: when a turn goes wrong, and when something is told of the conversation. `choices`: what is heard at every wait, with its `phrases`."
        ),
        Row("steps", "The steps of a flow with one state."),
        Row("states", "Named lists of steps; the first one is the entry."),
    ]

    /// The keys of `on`.
    package static let handlers = HandlerEvent.allCases.map(\.rawValue) + ["choices", "phrases"]

    /// Flow-wide values of the options of the same names.
    package static let defaults: [OptionRow] = [
        OptionRow("attempts", .integer(1...10), "How often is asked in all.", standard: "3"),
        OptionRow(
            "timeout", .duration(1000...60_000), "How long the caller may be silent.", standard: "5s",
            source: "Gather timeout"),
        OptionRow("otherwise", .target, "Where the last failure leads."),
        OptionRow("no_input", .prompt, "Said after a silence."),
        OptionRow("no_match", .prompt, "Said after a wrong answer."),
        OptionRow("allow", .list(.text), "Prefixes that may be dialled or texted, or `any`."),
        OptionRow(
            "max_segments", .integer(1...10), "The longest message, in segments; what is longer is cut."),
        OptionRow("fallback", .phone, "A number to ring when the server is down."),
    ]
}
