using DeployStack.Data.Testing.Conformance.Plugins;

namespace DeployStack.Data.Sqlite.Tests.Conformance;

public sealed class SqliteFilePluginTests(SqliteFileFixture f) : PluginTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFilePluginEscapeTests(SqliteFileFixture f) : PluginEscapeTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFilePluginOwnershipTests(SqliteFileFixture f) : PluginOwnershipTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFilePluginUninstallTests(SqliteFileFixture f) : PluginUninstallTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFilePluginHostileTests(SqliteFileFixture f) : PluginHostileTests(f), IClassFixture<SqliteFileFixture>;
