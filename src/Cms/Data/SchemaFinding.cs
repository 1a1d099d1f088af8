namespace Cms.Data;

/// <summary>Compares the migrations of a database with those of this program.</summary>
public static class SchemaFinding
{
    private const string Check = "schema";

    /// <param name="applied">The migrations that the database has.</param>
    /// <param name="known">The migrations that this program has.</param>
    /// <param name="isMigratedAtStart">Whether the server applies pending migrations when it starts.</param>
    public static Finding Of(IEnumerable<string> applied, IEnumerable<string> known, bool isMigratedAtStart)
    {
        List<string> here = [.. applied];
        List<string> ours = [.. known];
        if (here.Except(ours, StringComparer.Ordinal).FirstOrDefault() is { } newer)
        {
            return Finding.Failure(
                Check,
                $"The database belongs to a newer version of the program (it has the migration {newer}): install that version."
            );
        }

        return ours.Except(here, StringComparer.Ordinal).ToList() switch
        {
            [] => Finding.Ok(Check, $"The schema is up to date ({ours[^1]})."),
            [var first, ..] pending => isMigratedAtStart
                ? Finding.Warning(
                    Check,
                    $"{Pending(pending, first)}: the server applies them when it starts. Run backup before."
                )
                : Finding.Failure(Check, $"{Pending(pending, first)}: run migrate."),
        };
    }

    private static string Pending(List<string> pending, string first) =>
        FormattableString.Invariant(
            $"The schema is out of date (pending migrations: {pending.Count}, the first is {first})"
        );
}
