internal import Foundation

/// The text in Unicode's composed form (NFC), in which everything that comes in is kept. ASCII is in it already.
package func composed(_ text: String) -> String {
    text.utf8.allSatisfy { $0 < 0x80 } ? text : text.precomposedStringWithCanonicalMapping
}
