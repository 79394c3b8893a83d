func asciiLowercase(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
}

func isASCIIDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
}

func isASCIIAlphanumeric(_ byte: UInt8) -> Bool {
    let lowered = asciiLowercase(byte)
    return isASCIIDigit(byte) || (lowered >= UInt8(ascii: "a") && lowered <= UInt8(ascii: "z"))
}

/// `a-z`, `0-9`, `-`: what flows and runs are named with.
func isNameByte(_ byte: UInt8) -> Bool {
    isASCIIDigit(byte) || (byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z"))
        || byte == UInt8(ascii: "-")
}

/// The value of a hexadecimal digit of either case.
func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
}

/// - Parameter name: in lower case.
func equalsIgnoringCase(_ text: some Collection<UInt8>, _ name: StaticString) -> Bool {
    let wanted = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    return text.count == wanted.count && zip(text, wanted).allSatisfy { asciiLowercase($0) == $1 }
}
