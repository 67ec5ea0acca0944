using DeployStack.Data.Testing.Conformance.Plugins;

namespace DeployStack.Data.Sqlite.Tests.Conformance;

public sealed class SqliteMemoryPluginTests(SqliteMemoryFixture f) : PluginTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemoryPluginEscapeTests(SqliteMemoryFixture f) : PluginEscapeTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemoryPluginOwnershipTests(SqliteMemoryFixture f) : PluginOwnershipTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemoryPluginUninstallTests(SqliteMemoryFixture f) : PluginUninstallTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemoryPluginHostileTests(SqliteMemoryFixture f) : PluginHostileTests(f), IClassFixture<SqliteMemoryFixture>;
