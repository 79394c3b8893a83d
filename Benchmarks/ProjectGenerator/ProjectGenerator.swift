/// Makes projects of a given number of steps, in files under 1 MiB: states of a dozen steps as an author writes them, with
/// prompts, menus, conditions, fetches and variables.
public enum ProjectGenerator {
    /// Steps of one file at most; keeps it under 1 MiB.
    public static let stepsPerFile = 10_000

    /// The texts of the files.
    public static func files(steps: Int) -> [String] {
        var files: [String] = []
        var left = steps
        while left > 0 {
            let count = min(left, stepsPerFile)
            files.append(file(number: files.count, steps: count))
            left -= count
        }
        return files
    }

    private static func file(number: Int, steps: Int) -> String {
        var text = """
            flow: generated-\(number)
            channel: voice
            languages: [en-US]
            voices: {en-US: Polly.Joanna-Neural}
            timezone: America/New_York
            config: {order_url: url}
            types: {Order: {status: text(40), total: number, note?: text(200)}}
            hours: {office: {open: {mon-fri: "09:00-17:00"}}}
            states:

            """
        let states = max(1, steps / 12)
        for state in 0..<states {
            let next = state + 1 < states ? "state-\(state + 1)" : "bye"
            text += """
                  state-\(state):
                    - say: Welcome to part \(state), please listen closely since our choices have changed.
                    - if: not hours.office.open
                      then: bye
                    - set: {attempt_\(state % 40): "\(state)"}
                    - ask: Enter your six digit order number.
                      as: digits(6)
                      into: order
                      choices: {star: again}
                      otherwise: bye
                    - fetch: ${config.order_url}
                      query: {id: "${order}"}
                      returns: Order
                      into: found
                      failed: bye
                    - if: found.note != none
                      then:
                        - say: "A note: ${found.note}."
                    - say: "Your order is ${found.status}, ${round(found.total)} dollars."
                    - log: {seen: "${found.status}"}
                    - menu: For the next one, press 1. To end, press 2.
                      choices: {1: \(next), 2: bye}
                      no_input: I didn't hear anything.
                      otherwise: bye

                """
        }
        text += "  bye:\n    - say: Goodbye.\n    - hangup\n"
        return text
    }
}
