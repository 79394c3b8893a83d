package import FlowProgram

/// All that an expression can look at: evaluation is a function of it.
package struct EvaluationContext: Sendable {
    package var variables: [Value]
    package var config: [Value]
    /// Of the webhook.
    package var parameters: Parameters
    package var channel: Channel
    /// The BCP-47 tag of the present language.
    package var languageTag: String
    package var timezone: String?
    /// Milliseconds since 1970; one a turn.
    package var now: Int64
    package var zones: any ZoneRules
    package var hours: [Program.Calendar]
    /// Of the queue that a wait flow is heard in.
    package var queue: QueueFigures?
    /// Of the last fetch.
    package var failure: (reason: String, status: Int?)?

    package init(
        variables: [Value] = [], config: [Value] = [], parameters: Parameters, channel: Channel,
        languageTag: String, timezone: String?, now: Int64, zones: any ZoneRules,
        hours: [Program.Calendar] = [], failure: (reason: String, status: Int?)? = nil
    ) {
        self.variables = variables
        self.config = config
        self.parameters = parameters
        self.channel = channel
        self.languageTag = languageTag
        self.timezone = timezone
        self.now = now
        self.zones = zones
        self.hours = hours
        self.failure = failure
    }

    package var clock: CivilClock { CivilClock(timezone: timezone, zones: zones) }
}
