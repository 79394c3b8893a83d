// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "LargerApplication",
    platforms: [.macOS(.v15)],
    dependencies: [
        // Without the stores that it doesn't use: neither SQLite nor hiredis are needed.
        .package(name: "flowc", path: "../..", traits: []),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .executableTarget(
            name: "LargerApplication",
            dependencies: [
                .product(name: "FlowProgram", package: "flowc"),
                .product(name: "FlowRuntime", package: "flowc"),
                .product(name: "FlowServer", package: "flowc"),
                .product(name: "FlowWebhook", package: "flowc"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ])
    ]
)
