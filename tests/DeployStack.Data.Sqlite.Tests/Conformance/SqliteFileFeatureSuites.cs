using DeployStack.Data.Testing.Conformance.Migrations;
using DeployStack.Data.Testing.Conformance.Migrations.Rebuild;
using DeployStack.Data.Testing.Conformance.Settings;

namespace DeployStack.Data.Sqlite.Tests.Conformance;

public sealed class SqliteFileMigrationAtomicityTests(SqliteFileFixture f) : MigrationAtomicityTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileMigrationFailureTests(SqliteFileFixture f) : MigrationFailureTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileMigrationFormTests(SqliteFileFixture f) : MigrationFormTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileMigrationHistoryTests(SqliteFileFixture f) : MigrationHistoryTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileMigrationHookTests(SqliteFileFixture f) : MigrationHookTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileMigrationLintTests(SqliteFileFixture f) : MigrationLintTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileMigrationTests(SqliteFileFixture f) : MigrationTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileRebuildMigrationTests(SqliteFileFixture f) : RebuildMigrationTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileRebuildSafetyTests(SqliteFileFixture f) : RebuildSafetyTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileRebuildTests(SqliteFileFixture f) : RebuildTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileSettingsTests(SqliteFileFixture f) : SettingsTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileSettingValueTests(SqliteFileFixture f) : SettingValueTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileRehearsalTests(SqliteFileFixture f) : RehearsalTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileValidationTests(SqliteFileFixture f) : ValidationTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileSettingBatchTests(SqliteFileFixture f) : SettingBatchTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileSettingHistoryTests(SqliteFileFixture f) : SettingHistoryTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileSettingReadingTests(SqliteFileFixture f) : SettingReadingTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileSettingWatchTests(SqliteFileFixture f) : SettingWatchTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileSettingsExchangeTests(SqliteFileFixture f) : SettingsExchangeTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileSettingsExchangeSecretTests(SqliteFileFixture f) : SettingsExchangeSecretTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileSettingSecretTests(SqliteFileFixture f) : SettingSecretTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileSettingSecretChangeTests(SqliteFileFixture f) : SettingSecretChangeTests(f), IClassFixture<SqliteFileFixture>;
