using DeployStack.Data.Testing.Conformance.Migrations;
using DeployStack.Data.Testing.Conformance.Migrations.Rebuild;
using DeployStack.Data.Testing.Conformance.Settings;
using DeployStack.Data.Tests.BatchOnly;

namespace DeployStack.Data.Tests.Conformance;

public sealed class BatchOnlyMigrationAtomicityTests(BatchOnlyFixture f) : MigrationAtomicityTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlyMigrationFailureTests(BatchOnlyFixture f) : MigrationFailureTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlyMigrationFormTests(BatchOnlyFixture f) : MigrationFormTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlyMigrationHistoryTests(BatchOnlyFixture f) : MigrationHistoryTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlyMigrationHookTests(BatchOnlyFixture f) : MigrationHookTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlyMigrationLintTests(BatchOnlyFixture f) : MigrationLintTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlyMigrationTests(BatchOnlyFixture f) : MigrationTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlyRebuildMigrationTests(BatchOnlyFixture f) : RebuildMigrationTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlyRebuildSafetyTests(BatchOnlyFixture f) : RebuildSafetyTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlyRebuildTests(BatchOnlyFixture f) : RebuildTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlySettingsTests(BatchOnlyFixture f) : SettingsTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlySettingValueTests(BatchOnlyFixture f) : SettingValueTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlyRehearsalTests(BatchOnlyFixture f) : RehearsalTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlyValidationTests(BatchOnlyFixture f) : ValidationTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlySettingBatchTests(BatchOnlyFixture f) : SettingBatchTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlySettingHistoryTests(BatchOnlyFixture f) : SettingHistoryTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlySettingReadingTests(BatchOnlyFixture f) : SettingReadingTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlySettingWatchTests(BatchOnlyFixture f) : SettingWatchTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlySettingsExchangeTests(BatchOnlyFixture f) : SettingsExchangeTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlySettingsExchangeSecretTests(BatchOnlyFixture f) : SettingsExchangeSecretTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlySettingSecretTests(BatchOnlyFixture f) : SettingSecretTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlySettingSecretChangeTests(BatchOnlyFixture f) : SettingSecretChangeTests(f), IClassFixture<BatchOnlyFixture>;
