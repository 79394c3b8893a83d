/// The candidate that was probably meant, for "Did you mean …?": the one with the fewest edits, if they are few.
///
/// Ties go to the first in the given order, so that the answer is deterministic.
///
/// - Complexity: O(candidates × length²); words of more than 64 scalars have no nearest one, and only the first 1,000
///   candidates are looked at.
///
/// - Parameter maxEdits: a bound besides that of the word's length.
package func nearest(
    _ word: String, in candidates: some Sequence<String>, maxEdits: Int = .max
) -> String? {
    let wanted = Array(word.lowercased().unicodeScalars)
    guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
    var best: (word: String, edits: Int)?
    for candidate in candidates.prefix(1_000) {
        // A scalar takes four bytes at most.
        let length = candidate.utf8.count
        guard length * 4 + 4 >= wanted.count * 3, length <= (wanted.count + wanted.count / 3 + 1) * 4 else {
            continue
        }
        let scalars = Array(candidate.lowercased().unicodeScalars)
        let bound = min(maxEdits, max(1, min(wanted.count, scalars.count) / 3))
        guard abs(scalars.count - wanted.count) <= bound else { continue }
        let edits = editDistance(wanted, scalars)
        if edits <= bound, edits < (best?.edits ?? Int.max) { best = (candidate, edits) }
    }
    return best?.word
}

/// Insertions, deletions, replacements and swaps of neighbours.
private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for i in 0..<left.count {
        var row = [i + 1]
        for j in 0..<right.count {
            var edits = min(row[j] + 1, last[j + 1] + 1, last[j] + (left[i] == right[j] ? 0 : 1))
            if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                edits = min(edits, beforeLast[j - 1] + 1)
            }
            row.append(edits)
        }
        beforeLast = last
        last = row
    }
    return last[right.count]
}
