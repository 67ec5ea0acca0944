using System.Buffers.Text;
using System.Text;

namespace DeployStack.Data.Reliability.Leaks;

/// <summary>The search itself: it finds a canary in every form, wherever it stands, and none where there is none.</summary>
public sealed class CanaryTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("ab")]
    public void A_canary_is_found_in_every_form(string before)
    {
        var canary = new Canary("form");
        var text = before + canary.Text + "zz";
        foreach (var encoding in new[] { Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            var bytes = encoding.GetBytes(text);
            Assert.NotEmpty(canary.FindIn(bytes));
            foreach (var digits in new[] { Convert.ToHexString(bytes), Convert.ToHexStringLower(bytes), Convert.ToBase64String(bytes), Base64Url.EncodeToString(bytes) })
            {
                Assert.NotEmpty(canary.FindIn(Encoding.UTF8.GetBytes(digits)));
                Assert.NotEmpty(canary.FindIn(Encoding.Unicode.GetBytes(digits)));
            }
        }

        Assert.Empty(new Canary("other").FindIn(Encoding.UTF8.GetBytes(text)));
    }
}
