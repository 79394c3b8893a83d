/// The shortest of several rounds, in seconds: what others do on the machine only ever adds.
package func fastest(of rounds: Int, _ work: () -> Void) -> Double {
    var best = Double.infinity
    for _ in 0..<rounds {
        best = min(best, ContinuousClock().measure(work) / .seconds(1))
    }
    return best
}

/// With one decimal, at the right of a column.
package func column(_ number: Double, _ width: Int) -> String {
    let tenths = Int((number * 10).rounded())
    return column("\(tenths / 10).\(tenths % 10)", width)
}

package func column(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.utf8.count)) + text
}
