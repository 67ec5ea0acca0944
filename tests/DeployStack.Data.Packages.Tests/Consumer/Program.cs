using DeployStack.Data;
using DeployStack.Data.Migrations;
using DeployStack.Data.Testing;
using Microsoft.Extensions.DependencyInjection;

var services = new ServiceCollection();
services.AddDeployStackSqlite(o => o.Path = args[0]).AddMigrations(typeof(Program).Assembly);
await using var provider = services.BuildServiceProvider();

await provider.GetRequiredService<IMigrationRunner>().ApplyAsync();

var database = provider.GetRequiredService<IDeployStackDatabase>();
await database.WriteAsync(s => s.ExecuteAsync("INSERT INTO teams (name) VALUES (@name)", new { name = "first" }));
await database.ExecuteBatchAsync([new SqlStatement("INSERT INTO teams (name) VALUES ('second')")]);

var teams = await database.QueryAsync<Team>("SELECT id, name FROM teams ORDER BY id");
Console.WriteLine(string.Join(',', teams.Select(team => $"{team.Id}={team.Name}")));

// the test kit, without any test framework
await using var test = await TestDatabase.CreateAsync(options => options.Configure(builder => builder.AddMigrations(typeof(Program).Assembly)));
await test.AssertUsesIndexAsync("SELECT name FROM teams WHERE id = @id", index: "PRIMARY KEY");
Console.WriteLine($"test database: {await test.ExecuteScalarAsync<long>("SELECT count(*) FROM teams")} teams");

internal sealed record Team(long Id, string Name);
