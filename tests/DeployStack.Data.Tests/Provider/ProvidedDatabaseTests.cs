using DeployStack.Data.Provider.Copying;
using DeployStack.Data.Sessions;
using DeployStack.Data.Tests.Fakes;

namespace DeployStack.Data.Tests.Provider;

public sealed class ProvidedDatabaseTests
{
    [Fact]
    public async Task A_provider_that_declares_nothing_refuses_with_the_way_out()
    {
        await using var database = (IProvidedDatabase)DatabaseFactory.Create(new FakeProvider());
        var copy = await Assert.ThrowsAsync<DatabaseException>(() => database.CreateCopyAsync());
        var empty = await Assert.ThrowsAsync<DatabaseException>(() => database.CreateEmptyAsync());
        Assert.Equal((DatabaseErrorKind.NotSupported, DatabaseErrorKind.NotSupported), (copy.Kind, empty.Kind));
        Assert.Contains("'fake'", copy.Message, StringComparison.Ordinal);
        Assert.Null(await database.GetStorageAsync());
    }

    [Fact]
    public void A_feature_names_the_capability_that_it_lacks()
    {
        using var database = DatabaseFactory.Create(new FakeProvider());
        var refusal = Assert.Throws<DatabaseException>(() => ProvidedDatabase.Demand(database, isDeclared: false, "A rehearsal", nameof(DatabaseCapabilities.ConsistentCopy)));
        Assert.Equal(DatabaseErrorKind.NotSupported, refusal.Kind);
        Assert.Contains(nameof(DatabaseCapabilities.ConsistentCopy), refusal.Message, StringComparison.Ordinal);
        Assert.Same(database, ProvidedDatabase.Demand(database, isDeclared: true, "A rehearsal", nameof(DatabaseCapabilities.ConsistentCopy)));
    }
}
