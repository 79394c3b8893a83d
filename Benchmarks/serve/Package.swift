// swift-tools-version: 6.1
import PackageDescription

// What the server costs beside a bare Hummingbird route and a bare SwiftNIO handler. A package of its own, so that nobody
// else fetches Hummingbird for it.

let package = Package(
    name: "serve-benchmark",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "flowc", path: "../.."),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    ],
    targets: [
        .executableTarget(
            name: "ServeBenchmark",
            dependencies: [
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "FlowRuntime", package: "flowc"),
                .product(name: "FlowServer", package: "flowc"),
                .product(name: "FlowWebhook", package: "flowc"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ])
    ],
    swiftLanguageModes: [.v6]
)
