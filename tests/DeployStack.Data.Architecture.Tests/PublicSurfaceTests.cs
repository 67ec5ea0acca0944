using System.Reflection;
using PublicApiGenerator;

namespace DeployStack.Data.Architecture.Tests;

public sealed class PublicSurfaceTests
{
    public static TheoryData<string> Packages => Product.Packages;

    [Theory]
    [MemberData(nameof(Packages))]
    public async Task Is_as_approved(string package)
        => await Verify(Assembly.LoadFrom(Product.PathOf(package))
            .GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false })).UseParameters(package);
}
