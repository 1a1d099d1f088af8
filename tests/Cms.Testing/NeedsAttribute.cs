using Xunit.Abstractions;
using Xunit.Sdk;

namespace Cms.Testing;

/// <summary>Marks tests that need a tool, a process or a server. They get the trait <c>Lane=Slow</c>.</summary>
/// <param name="tool"><c>npm</c>, <c>Chromium</c>, <c>Azurite</c>, <c>Debian</c>, <c>Redis</c>, <c>process</c> or <c>server</c>.</param>
[TraitDiscoverer("Cms.Testing.LaneDiscoverer", "Cms.Testing")]
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class NeedsAttribute(string tool) : Attribute, ITraitAttribute
{
    /// <summary>What the tests need.</summary>
    public string Tool { get; } = tool;
}

/// <summary>Marks tests that take a long time. They get the trait <c>Lane=Slow</c>.</summary>
[TraitDiscoverer("Cms.Testing.LaneDiscoverer", "Cms.Testing")]
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class SlowAttribute : Attribute, ITraitAttribute;

/// <summary>
/// Turns both attributes into the traits <c>Needs</c> and <c>Lane</c>, for <c>dotnet test --filter</c>.
/// </summary>
public sealed class LaneDiscoverer : ITraitDiscoverer
{
    public IEnumerable<KeyValuePair<string, string>> GetTraits(IAttributeInfo traitAttribute)
    {
        if (traitAttribute.GetConstructorArguments().FirstOrDefault() is string tool)
        {
            yield return new("Needs", tool);
        }

        yield return new("Lane", "Slow");
    }
}
