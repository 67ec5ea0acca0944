using DeployStack.Data.Settings;
using Microsoft.Extensions.Primitives;

namespace DeployStack.Data.WebApi;

/// <summary>A settings page as JSON.</summary>
internal static class SettingsEndpoints
{
    private const string Actor = "web"; // an application with users puts the user here

    public static void MapSettings(this IEndpointRouteBuilder app)
    {
        var settings = app.MapGroup("/settings");
        settings.MapGet("/", GetAllAsync);
        settings.MapPut("/", PutManyAsync);
        settings.MapGet("/{key}", GetAsync);
        settings.MapPut("/{key}", PutAsync);
        settings.MapGet("/history", static (ISettingsStore store, CancellationToken ct) => store.GetHistoryAsync(cancellationToken: ct));
        settings.MapPost("/undo/{batch:long}", UndoAsync);
    }

    private static async Task<IResult> GetAllAsync(ISettingsStore store, CancellationToken ct)
        => Results.Ok((await store.GetGroupsAsync(ct)).Select(static group => new { group.Id, group.Name, group.Icon, Settings = group.Settings.Select(SettingJson.Of) }));

    private static async Task<IResult> GetAsync(string key, ISettingsStore store, HttpContext context, CancellationToken ct)
    {
        if ((await store.GetSnapshotAsync(ct)).Describe(key) is not { } setting)
        {
            return Results.Problem($"There is no setting '{key}'.", statusCode: StatusCodes.Status404NotFound);
        }

        context.Response.Headers.ETag = $"\"{setting.Version}\"";
        return Results.Ok(SettingJson.Of(setting));
    }

    /// <summary>Stores one value. <c>If-Match</c> with the <c>ETag</c> that was read refuses to overwrite what somebody else has
    /// stored since.</summary>
    private static async Task<IResult> PutAsync(string key, NewValue body, ISettingsStore store, HttpContext context, CancellationToken ct)
    {
        var batch = new SettingsBatch { Actor = Actor }.SetText(key, body.Value ?? string.Empty, VersionOf(context.Request.Headers.IfMatch));
        return await WriteAsync(() => store.WriteAsync(batch, ct)) ?? await GetAsync(key, store, context, ct);
    }

    /// <summary>Stores all values or none, and tells everything that is wrong at once.</summary>
    private static async Task<IResult> PutManyAsync(Dictionary<string, string?> body, ISettingsStore store, CancellationToken ct)
    {
        var batch = new SettingsBatch(body.Count) { Actor = Actor };
        foreach (var (key, value) in body)
        {
            batch.SetText(key, value ?? string.Empty);
        }

        return await WriteAsync(() => store.WriteAsync(batch, ct)) ?? Results.NoContent();
    }

    // the body makes it a request that a foreign page cannot send without asking
    private static async Task<IResult> UndoAsync(long batch, Undo body, ISettingsStore store, CancellationToken ct)
        => await WriteAsync(() => store.UndoAsync(batch, body.Actor ?? Actor, ct)) ?? Results.NoContent();

    private static async Task<IResult?> WriteAsync(Func<Task<SettingsWriteResult>> write)
    {
        try
        {
            await write();
            return null;
        }
        catch (SettingException error) when (error.Kind == DatabaseErrorKind.ExpectationFailed) // somebody was faster
        {
            return Results.Problem(error.Message, statusCode: StatusCodes.Status412PreconditionFailed);
        }
        catch (SettingException error) // no message holds a value
        {
            return Results.ValidationProblem(
                error.Errors.GroupBy(static each => each.Key).ToDictionary(static each => each.Key, static each => each.Select(one => one.Message).ToArray()),
                detail: error.Message);
        }
    }

    private static string? VersionOf(StringValues ifMatch)
        => ifMatch.ToString() is { Length: > 0 } tag && tag != "*" ? tag.Trim('"') : null;

    private sealed record NewValue(string? Value);

    private sealed record Undo(string? Actor);

    /// <summary>One setting as a page shows it; a secret without its value.</summary>
    private sealed record SettingJson(string Key, SettingType Type, string? Value, bool IsSet, bool IsSecret, bool IsRequired, string? Description, string Version)
    {
        public static SettingJson Of(SettingValue setting) => new(
            setting.Key,
            setting.Type,
            setting.IsSecret ? (setting.IsSet ? "***" : null) : setting.Value,
            setting.IsSet,
            setting.IsSecret,
            setting.IsRequired,
            setting.Description,
            setting.Version);
    }
}
