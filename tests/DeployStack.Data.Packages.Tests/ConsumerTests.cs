namespace DeployStack.Data.Packages.Tests;

[Collection(PackedProductGroup.Name)]
public sealed class ConsumerTests(PackedProduct product)
{
    [Fact]
    public async Task A_program_restores_the_packages_from_a_folder_and_runs_on_them()
    {
        var folder = Path.Combine(product.Scratch, "consumer");
        var packages = Path.Combine(product.Scratch, "packages");
        Copy(Path.Combine(AppContext.BaseDirectory, "Consumer"), folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "Consumer.csproj"), Project());
        await File.WriteAllTextAsync(Path.Combine(folder, "nuget.config"), Configuration());
        var environment = new Dictionary<string, string> { ["NUGET_PACKAGES"] = packages };

        await Dotnet.RunAsync(folder, environment, "build", "--nologo", "-v", "quiet");
        var database = Path.Combine(product.Scratch, "consumer.db");
        var output = await Dotnet.RunAsync(folder, environment, Path.Combine(folder, "bin", "Debug", "net10.0", "Consumer.dll"), database);

        Assert.Equal(["1=first,2=second", "test database: 0 teams"], output.Trim().Split('\n', StringSplitOptions.TrimEntries));
        Assert.True(File.Exists(database));
        Assert.True(Directory.Exists(Path.Combine(packages, "deploystack.data", product.Version)), "The package came from another folder than the feed of this test.");
        Assert.True(Directory.Exists(Path.Combine(packages, "deploystack.data.sqlite", product.Version)), "The package came from another folder than the feed of this test.");
    }

    private string Project() => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <NuGetAudit>false</NuGetAudit>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="DeployStack.Data.Sqlite" Version="[{product.Version}]" />
            <PackageReference Include="DeployStack.Data.Hosting" Version="[{product.Version}]" />
            <PackageReference Include="DeployStack.Data.Testing" Version="[{product.Version}]" />
            <PackageReference Include="Microsoft.Extensions.DependencyInjection" Version="{PackedProduct.Metadata("DependencyInjectionVersion")}" />
            <EmbeddedResource Include="Migrations/*.sql" />
          </ItemGroup>
        </Project>
        """;

    // the sources of the machine stay in force; packages of others that it has already are read where they are
    private string Configuration() => $"""
        <configuration>
          <packageSources>
            <add key="packed" value="{product.Feed}" />
          </packageSources>
          <packageSourceMapping>
            <clear />
          </packageSourceMapping>
          <fallbackPackageFolders>
            <add key="restored" value="{RestoredPackages()}" />
          </fallbackPackageFolders>
        </configuration>
        """;

    private static string RestoredPackages() => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
