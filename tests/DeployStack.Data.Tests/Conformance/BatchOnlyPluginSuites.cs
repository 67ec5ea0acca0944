using DeployStack.Data.Testing.Conformance.Plugins;
using DeployStack.Data.Tests.BatchOnly;

namespace DeployStack.Data.Tests.Conformance;

public sealed class BatchOnlyPluginTests(BatchOnlyFixture f) : PluginTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlyPluginEscapeTests(BatchOnlyFixture f) : PluginEscapeTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlyPluginOwnershipTests(BatchOnlyFixture f) : PluginOwnershipTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlyPluginUninstallTests(BatchOnlyFixture f) : PluginUninstallTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlyPluginHostileTests(BatchOnlyFixture f) : PluginHostileTests(f), IClassFixture<BatchOnlyFixture>;
