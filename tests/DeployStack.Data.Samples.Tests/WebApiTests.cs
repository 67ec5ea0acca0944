using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Testing;

namespace DeployStack.Data.Samples.Tests;

public sealed class WebApiTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deploystack-webapi-").FullName;
    private readonly WebApplicationFactory<Program> _factory;
    private readonly WebApplicationFactory<Program> _configured;
    private readonly HttpClient _client;

    public WebApiTests()
    {
        _factory = new();
        _configured = _factory.WithWebHostBuilder(builder => builder.UseSetting("SQLITE_DB_PATH", Path.Combine(_folder, "web.db")));
        _client = _configured.CreateClient();
    }

    [Fact]
    public async Task The_settings_page_lists_groups_and_settings()
    {
        var groups = await GetAsync("/settings");
        var group = Assert.Single(groups.EnumerateArray());
        Assert.Equal("smtp", group.GetProperty("id").GetString());
        var port = group.GetProperty("settings").EnumerateArray().Single(each => each.GetProperty("key").GetString() == "smtp.port");
        Assert.Equal(("587", "Number"), (port.GetProperty("value").GetString(), port.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task A_change_reaches_the_part_that_sends_mail()
    {
        using var answer = await PutAsync("smtp.from_name", "Support");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await MailAsync(mail => mail.GetProperty("fromName").GetString() == "Support" && mail.GetProperty("fromConfiguration").GetString() == "Support");
    }

    [Fact]
    public async Task Who_read_an_older_version_is_told_so()
    {
        using var read = await _client.GetAsync("/settings/smtp.port");
        var tag = read.Headers.ETag!;
        using var first = await PutAsync("smtp.port", "465", tag);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.NotEqual(tag, first.Headers.ETag);
        using var second = await PutAsync("smtp.port", "25", tag);
        Assert.Equal(HttpStatusCode.PreconditionFailed, second.StatusCode);
        using var third = await PutAsync("smtp.port", "25", first.Headers.ETag);
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once_and_no_value_is()
    {
        using var answer = await _client.PutAsJsonAsync("/settings", new Dictionary<string, string> { ["smtp.port"] = "hunter2", ["smtp.secure"] = "hunter2", ["smtp.host"] = "mail.example.com" });
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(["smtp.port", "smtp.secure"], JsonDocument.Parse(text).RootElement.GetProperty("errors").EnumerateObject().Select(each => each.Name));
        Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
        Assert.False((await GetAsync("/settings/smtp.host")).GetProperty("isSet").GetBoolean());
    }

    [Fact]
    public async Task A_setting_that_is_not_there_is_not_found()
    {
        using var answer = await _client.GetAsync("/settings/smtp.nothing");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_batch_of_the_history_is_taken_back()
    {
        using var put = await PutAsync("smtp.port", "465");
        var entry = (await GetAsync("/settings/history")).EnumerateArray().First();
        Assert.Equal("web", entry.GetProperty("actor").GetString());
        using var undo = await _client.PostAsJsonAsync($"/settings/undo/{entry.GetProperty("batchId").GetInt64()}", new { });
        Assert.Equal(HttpStatusCode.NoContent, undo.StatusCode);
        Assert.Equal("587", (await GetAsync("/settings/smtp.port")).GetProperty("value").GetString());
    }

    public void Dispose()
    {
        _client.Dispose();
        _configured.Dispose();
        _factory.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Task<JsonElement> GetAsync(string path) => _client.GetFromJsonAsync<JsonElement>(path);

    private async Task<HttpResponseMessage> PutAsync(string key, string value, EntityTagHeaderValue? tag = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/settings/{key}") { Content = JsonContent.Create(new { value }) };
        if (tag is not null)
        {
            request.Headers.IfMatch.Add(tag);
        }

        return await _client.SendAsync(request);
    }

    private async Task MailAsync(Func<JsonElement, bool> isExpected)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!isExpected(await GetAsync("/mail")))
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }
}
