using Xunit;

namespace Cms.Browser.Tests.Support;

/// <summary>What is wrong with pages.</summary>
internal static class Findings
{
    /// <summary>Fails the test with all faults in full if there are any.</summary>
    public static void AssertNone(IEnumerable<string> faults)
    {
        var found = string.Join('\n', faults);
        Assert.True(found.Length == 0, found);
    }
}
