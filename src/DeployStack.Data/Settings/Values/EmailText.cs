using System.Globalization;

namespace DeployStack.Data.Settings.Values;

/// <summary>Which texts are one e-mail address.</summary>
internal static class EmailText
{
    private const int MaxLength = 254; // what an envelope of SMTP can carry
    private const int MaxLocalLength = 64;
    private const int MaxLabelLength = 63;

    /// <summary>An address alone: no name, no comment, no list, no quotes, no spaces around it; a host with a dot.</summary>
    public static bool IsAddress(ReadOnlySpan<char> text)
    {
        var at = text.LastIndexOf('@');
        return at is > 0 and <= MaxLocalLength && text.Length <= MaxLength
            && IsDotted(text[..at], MaxLocalLength, static part => All(part, "!#$%&'*+-/=?^_`{|}~"))
            && text[at..].Contains('.')
            && IsDotted(text[(at + 1)..], MaxLabelLength, static label => label[0] != '-' && label[^1] != '-' && All(label, "-"));
    }

    private delegate bool Test(ReadOnlySpan<char> part);

    private static bool IsDotted(ReadOnlySpan<char> text, int maxPart, Test isPart)
    {
        foreach (var range in text.Split('.'))
        {
            var part = text[range];
            if (part.IsEmpty || part.Length > maxPart || !isPart(part))
            {
                return false;
            }
        }

        return true;
    }

    private static bool All(ReadOnlySpan<char> part, ReadOnlySpan<char> others)
    {
        foreach (var c in part)
        {
            if (!char.IsLetterOrDigit(c) && !others.Contains(c) && (c < 128 || !IsMark(c)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsMark(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
