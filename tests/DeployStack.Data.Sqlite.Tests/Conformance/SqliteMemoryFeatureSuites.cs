using DeployStack.Data.Testing.Conformance.Migrations;
using DeployStack.Data.Testing.Conformance.Migrations.Rebuild;
using DeployStack.Data.Testing.Conformance.Settings;

namespace DeployStack.Data.Sqlite.Tests.Conformance;

public sealed class SqliteMemoryMigrationAtomicityTests(SqliteMemoryFixture f) : MigrationAtomicityTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemoryMigrationFailureTests(SqliteMemoryFixture f) : MigrationFailureTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemoryMigrationFormTests(SqliteMemoryFixture f) : MigrationFormTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemoryMigrationHistoryTests(SqliteMemoryFixture f) : MigrationHistoryTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemoryMigrationHookTests(SqliteMemoryFixture f) : MigrationHookTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemoryMigrationLintTests(SqliteMemoryFixture f) : MigrationLintTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemoryMigrationTests(SqliteMemoryFixture f) : MigrationTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemoryRebuildMigrationTests(SqliteMemoryFixture f) : RebuildMigrationTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemoryRebuildSafetyTests(SqliteMemoryFixture f) : RebuildSafetyTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemoryRebuildTests(SqliteMemoryFixture f) : RebuildTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemorySettingsTests(SqliteMemoryFixture f) : SettingsTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemorySettingValueTests(SqliteMemoryFixture f) : SettingValueTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemoryRehearsalTests(SqliteMemoryFixture f) : RehearsalTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemoryValidationTests(SqliteMemoryFixture f) : ValidationTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemorySettingBatchTests(SqliteMemoryFixture f) : SettingBatchTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemorySettingHistoryTests(SqliteMemoryFixture f) : SettingHistoryTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemorySettingReadingTests(SqliteMemoryFixture f) : SettingReadingTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemorySettingWatchTests(SqliteMemoryFixture f) : SettingWatchTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemorySettingsExchangeTests(SqliteMemoryFixture f) : SettingsExchangeTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemorySettingsExchangeSecretTests(SqliteMemoryFixture f) : SettingsExchangeSecretTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemorySettingSecretTests(SqliteMemoryFixture f) : SettingSecretTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemorySettingSecretChangeTests(SqliteMemoryFixture f) : SettingSecretChangeTests(f), IClassFixture<SqliteMemoryFixture>;
