using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using Xunit.Sdk;

namespace VerifyXunit;

/// <summary>Compares text with a checked-in file, by the file convention of the package Verify.Xunit.</summary>
internal static class Verifier
{
    private static readonly UTF8Encoding Utf8WithMark = new(encoderShouldEmitUTF8Identifier: true);

    public static SettingsTask Verify(string? target, string extension = "txt", [CallerFilePath] string sourceFile = "")
    {
        var method = UseVerifyAttribute.CurrentMethod;
        return new SettingsTask(settings => CompareAsync(Normalize(target ?? "null"), extension, sourceFile, method, settings));
    }

    private static async Task CompareAsync(string text, string extension, string sourceFile, MethodInfo method, SettingsTask settings)
    {
        var stem = Path.Combine(Path.GetDirectoryName(sourceFile)!, settings.Directory ?? "", FileName(method, settings));
        var (verified, received) = ($"{stem}.verified.{extension}", $"{stem}.received.{extension}");
        var accept = Environment.GetEnvironmentVariable("VERIFY_ACCEPT") == "1";
        var expected = File.Exists(verified) ? Normalize(await File.ReadAllTextAsync(verified)) : null;
        if (accept && expected != text)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(verified)!);
            await File.WriteAllTextAsync(verified, text, Utf8WithMark);
        }

        if (accept || expected == text)
        {
            File.Delete(received);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(received)!);
        await File.WriteAllTextAsync(received, text, Utf8WithMark);
        throw new XunitException(expected is null
            ? $"There is no {Path.GetFileName(verified)} yet. Read {Path.GetFileName(received)}; VERIFY_ACCEPT=1 accepts it."
            : $"{Path.GetFileName(verified)} differs (- approved, + now); VERIFY_ACCEPT=1 accepts it.\n{Diff(expected, text)}");
    }

    private static string FileName(MethodInfo method, SettingsTask settings)
    {
        var names = method.GetParameters();
        var parameters = settings.Parameters.Select((value, i)
            => $"_{names[i].Name}={(value is null ? "null" : Convert.ToString(value, CultureInfo.InvariantCulture))}");
        return $"{method.ReflectedType!.Name}.{settings.MethodName ?? method.Name}{string.Concat(parameters)}";
    }

    private static string Normalize(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n');

    private static string Diff(string expected, string actual)
    {
        const int Context = 2;
        var lines = InlineDiffBuilder.Diff(expected, actual).Lines;
        var changed = lines.Select((line, i) => (line, i)).Where(pair => pair.line.Type != ChangeType.Unchanged).Select(pair => pair.i).ToHashSet();
        var shown = lines.Select((line, i) => (line, i)).Where(pair => Enumerable.Range(pair.i - Context, (2 * Context) + 1).Any(changed.Contains));
        return string.Join('\n', shown.Select(pair => pair.line.Type switch
        {
            ChangeType.Inserted => $"+ {pair.line.Text}",
            ChangeType.Deleted => $"- {pair.line.Text}",
            _ => $"  {pair.line.Text}",
        }));
    }
}
