using Cms.Articles;
using Cms.Articles.Gate;
using Cms.GraphQL;
using Cms.Testing;
using FsCheck.Xunit;
using Xunit;

namespace Cms.Tests.Articles.Gate;

/// <summary>Properties of the publishing rules that hold for all articles and all settings.</summary>
public sealed class GateLaws(SqliteTestDatabase database) : IClassFixture<SqliteTestDatabase>
{
    private static readonly CheckRule[] Rules = Enum.GetValues<CheckRule>();

    /// <summary>Which parts a story has.</summary>
    public sealed record Parts(bool Summary, bool Body, bool HttpsSource, bool LongHeadline, bool BadLink);

    [Property(MaxTest = 60)]
    public async Task The_gate_passes_exactly_what_has_no_errors_and_only_acknowledged_warnings(
        Parts parts,
        byte[] severities,
        byte[] acknowledged
    )
    {
        var gate = new PublishGate(Settings(severities));
        var submission = SubmissionOf(parts) with
        {
            Acknowledged = [.. acknowledged.Select(rule => Rules[rule % Rules.Length])],
        };
        await using var db = await database.OpenAsync();

        var checks = Assert.Single(await gate.ChecksAsync(db, [submission], default));
        var passed = await gate.PassAsync(db, submission, default);

        var warnings = checks.Where(check => check.Severity is CheckSeverity.Warning).Select(check => check.Rule);
        Assert.Equal(
            checks.Exists(check => check.Severity is CheckSeverity.Error)
                || warnings.Except(submission.Acknowledged).Any(),
            passed.IsRefused
        );
        if (!passed.IsRefused)
        {
            Assert.Equal(warnings.Distinct(), passed.Value!.Acknowledged);
        }

        Assert.DoesNotContain(checks, check => check.Severity is CheckSeverity.Off || check.Path.Count == 0);
    }

    [Property(MaxTest = 30)]
    public async Task Acknowledging_more_never_refuses_what_would_pass(
        Parts parts,
        byte[] severities,
        byte[] some,
        byte more
    )
    {
        var gate = new PublishGate(Settings(severities));
        var submission = SubmissionOf(parts) with
        {
            Acknowledged = [.. some.Select(rule => Rules[rule % Rules.Length])],
        };
        await using var db = await database.OpenAsync();

        var before = await gate.PassAsync(db, submission, default);
        var after = await gate.PassAsync(
            db,
            submission with
            {
                Acknowledged = [.. submission.Acknowledged, Rules[more % Rules.Length]],
            },
            default
        );

        Assert.True(before.IsRefused || !after.IsRefused);
    }

    private static GateSettings Settings(byte[] severities)
    {
        var gate = new GateSettings();
        foreach (var (i, rule) in GateRules.Of(gate).Where(rule => !rule.IsFixed).Index())
        {
            if (i < severities.Length)
            {
                var property = typeof(GateSettings).GetProperty(rule.Rule.ToString())!;
                typeof(RuleSettings)
                    .GetProperty(nameof(RuleSettings.Severity))!
                    .SetValue(property.GetValue(gate), (CheckSeverity)(severities[i] % 3));
            }
        }

        return gate;
    }

    private Submission SubmissionOf(Parts parts)
    {
        var now = database.Clock.GetUtcNow();
        var body = parts.BadLink
            ? GateServer.Story("They began on [Monday](https://example.org:99999/).")
            : Newsroom.Story();
        var article = new Article
        {
            Id = ArticleId.New(),
            Slug = "a-compiler-in-a-week",
            CreatedAt = now,
        };
        var head = article.Save(
            (parts.Body ? body : body.WithoutBody()) with
            {
                Headline = new string('h', parts.LongHeadline ? 100 : 10),
                Summary = parts.Summary ? "What two people did." : null,
                SourceUrl = parts.HttpsSource ? "https://example.org/a" : "http://example.org/a",
            },
            Newsroom.Erin.Contributor,
            now
        );
        return new Submission(article, head, Newsroom.Erin.Contributor, now);
    }
}
