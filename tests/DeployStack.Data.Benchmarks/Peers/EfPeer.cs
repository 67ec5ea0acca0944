using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace DeployStack.Data.Benchmarks.Peers;

/// <summary>EF Core with a new context for each call; its options and model are made once.</summary>
internal sealed class EfPeer(PooledConnections connections)
{
    private static readonly Func<SettingsContext, string, SettingItem> _find
        = EF.CompileQuery((SettingsContext context, string key) => context.Settings.AsNoTracking().Single(item => item.Key == key));

    private readonly DbContextOptions _options = new DbContextOptionsBuilder()
        .UseSqlite(connections.ConnectionString)
        .AddInterceptors(new PrepareConnection(connections))
        .Options;

    public SettingItem Find(string key)
    {
        using var context = new SettingsContext(_options);
        return _find(context, key);
    }

    public List<SettingItem> All()
    {
        using var context = new SettingsContext(_options);
        return [.. context.Settings.AsNoTracking().OrderBy(static item => item.Id)];
    }

    /// <summary>Updates a row whose key value is known, without reading it first.</summary>
    public void Update(long id, string value, long now)
    {
        using var context = new SettingsContext(_options);
        var item = new SettingItem { Id = id };
        context.Attach(item);
        item.Value = value;
        item.UpdatedAt = now;
        context.SaveChanges();
    }

    private sealed class SettingsContext(DbContextOptions options) : DbContext(options)
    {
        public DbSet<SettingItem> Settings => Set<SettingItem>();

        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<SettingItem>(static entity =>
        {
            entity.ToTable("settings");
            entity.Property(static item => item.Id).HasColumnName("id");
            entity.Property(static item => item.Key).HasColumnName("key");
            entity.Property(static item => item.Value).HasColumnName("value");
            entity.Property(static item => item.GroupId).HasColumnName("group_id");
            entity.Property(static item => item.UpdatedAt).HasColumnName("updated_at");
        });
    }

    private sealed class PrepareConnection(PooledConnections connections) : DbConnectionInterceptor
    {
        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
            => connections.Prepare((SqliteConnection)connection);
    }
}
