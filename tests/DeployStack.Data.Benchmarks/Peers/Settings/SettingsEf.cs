using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace DeployStack.Data.Benchmarks.Peers.Settings;

/// <summary>EF Core on the tables of settings: one SaveChanges of a new context, which is a transaction.</summary>
internal sealed class SettingsEf(PooledConnections connections)
{
    private readonly DbContextOptions _options = new DbContextOptionsBuilder()
        .UseSqlite(connections.ConnectionString)
        .AddInterceptors(new PrepareConnection(connections))
        .Options;

    private long _batch = 1_000_000;

    public void Create(StoredSettingItem[] settings)
    {
        using var context = new SettingsContext(_options);
        context.AddRange(settings);
        context.AddRange(StoredHistoryItem.Of(++_batch, settings));
        context.SaveChanges();
    }

    /// <summary>Changes values of rows that are known, without reading them first.</summary>
    public void Change(StoredSettingItem[] settings)
    {
        using var context = new SettingsContext(_options);
        context.ChangeTracker.AutoDetectChangesEnabled = false;
        foreach (var setting in settings)
        {
            var entry = context.Attach(setting);
            entry.Property(static item => item.Value).IsModified = true;
            entry.Property(static item => item.UpdatedAt).IsModified = true;
        }

        context.AddRange(StoredHistoryItem.Of(++_batch, settings));
        context.SaveChanges();
    }

    private sealed class SettingsContext(DbContextOptions options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<StoredSettingItem>(static entity =>
            {
                entity.ToTable("globalSettings", static table => table.HasTrigger("deploystack_settings_updated"));
                entity.HasKey(static item => item.Key);
                entity.Property(static item => item.Key).HasColumnName("key");
                entity.Property(static item => item.Value).HasColumnName("value");
                entity.Property(static item => item.Type).HasColumnName("type");
                entity.Property(static item => item.Description).HasColumnName("description");
                entity.Property(static item => item.IsEncrypted).HasColumnName("is_encrypted");
                entity.Property(static item => item.GroupId).HasColumnName("group_id");
                entity.Property(static item => item.CreatedAt).HasColumnName("created_at");
                entity.Property(static item => item.UpdatedAt).HasColumnName("updated_at");
                entity.Ignore(static item => item.Old);
            });
            modelBuilder.Entity<StoredHistoryItem>(static entity =>
            {
                entity.ToTable("deploystack_setting_history");
                entity.HasKey(static item => new { item.Batch, item.Part });
                entity.Property(static item => item.Batch).HasColumnName("batch");
                entity.Property(static item => item.Part).HasColumnName("part");
                entity.Property(static item => item.At).HasColumnName("at");
                entity.Property(static item => item.Changes).HasColumnName("changes");
            });
        }
    }

    private sealed class PrepareConnection(PooledConnections connections) : DbConnectionInterceptor
    {
        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
            => connections.Prepare((SqliteConnection)connection);
    }
}
