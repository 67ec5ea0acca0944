namespace DeployStack.Data.Packages.Tests;

/// <summary>One pack for all test classes.</summary>
[CollectionDefinition(Name)]
public sealed class PackedProductGroup : ICollectionFixture<PackedProduct>
{
    public const string Name = "packed product";
}
