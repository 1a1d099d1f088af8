using System.Globalization;
using System.Reflection;
using Cms.Articles.Gate;
using Cms.GraphQL;

namespace Cms.Server.Articles;

/// <summary>
/// Rejects settings of publishing rules that do not exist or have no meaning: <c>Cms__Gate__*</c>. A misspelt rule
/// would otherwise be ignored, and articles would be published without it.
/// </summary>
internal static class GateConfiguration
{
    private const int Most = 100_000;

    /// <exception cref="CannotStartException">A rule, a setting or a value is unknown.</exception>
    public static void Verify(IConfigurationSection gate)
    {
        foreach (var rule in gate.GetChildren())
        {
            if (Find(typeof(GateSettings), rule.Key) is not { } found)
            {
                throw new CannotStartException(
                    $"{NameOf(rule)} is not a publishing rule: use one of {Names(typeof(GateSettings))}."
                );
            }

            if (rule.Value is not null)
            {
                throw new CannotStartException(
                    $"{NameOf(rule)} has a value of its own: set {NameOf(rule)}__Severity instead."
                );
            }

            foreach (var setting in rule.GetChildren())
            {
                Verify(found.PropertyType, setting);
            }
        }
    }

    private static void Verify(Type rule, IConfigurationSection setting)
    {
        if (Find(rule, setting.Key) is not { } found)
        {
            throw new CannotStartException($"{NameOf(setting)} is not a setting: use one of {Names(rule)}.");
        }

        var value = setting.Value ?? "";
        if (found.Name == nameof(RuleSettings.Severity))
        {
            if (value.Length > 0 && !Enum.GetNames<CheckSeverity>().Contains(value, StringComparer.OrdinalIgnoreCase))
            {
                throw new CannotStartException($"{NameOf(setting)} is ‘{value}’: set it to error, warning or off.");
            }
        }
        else if (
            !int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number is < 1 or > Most
        )
        {
            throw new CannotStartException(
                $"{NameOf(setting)} is ‘{value}’: set it to a whole number from 1 to {Most}."
            );
        }
    }

    // The name as an environment variable.
    private static string NameOf(IConfigurationSection section) =>
        section.Path.Replace(":", "__", StringComparison.Ordinal);

    private static PropertyInfo? Find(Type settings, string name) =>
        settings.GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);

    private static string Names(Type settings) =>
        string.Join(
            ", ",
            settings.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name)
        );
}
