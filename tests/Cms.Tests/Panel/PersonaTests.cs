using Cms.Articles;
using Cms.Changes;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Panel;
using Cms.Panel.Drafting;
using Cms.People;
using Cms.Reading;
using Cms.Testing;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Cms.Tests.Panel;

public abstract class PersonaTests(TestDatabase database) : DatabaseSuite(database)
{
    [SkippableFact]
    public async Task A_new_persona_gets_its_slug_from_its_name_and_is_recorded_in_the_change_log()
    {
        var persona = Newsroom.Value(await CreateAsync(Fields("The Futurist") with { AccentColour = "#7C3aed" }));

        await using var db = await OpenAsync();
        var change = await db.Changes.OrderByDescending(c => c.Seq).FirstAsync();
        Assert.Equal(("the-futurist", 1, true), (persona.Slug, persona.ProfileNumber, persona.IsActive));
        Assert.Equal((ChangeKind.PersonaChanged, SubjectId.Of(persona.Id)), (change.Kind, change.SubjectId));
    }

    [SkippableTheory]
    [InlineData("#0b57c2")]
    [InlineData("#000000")]
    [InlineData("#7C3aed")]
    [InlineData("#ff0000")]
    [InlineData("#8fb8ff")]
    [InlineData(null)]
    public async Task The_accent_colour_for_dark_pages_has_enough_contrast_and_is_no_lighter_than_needed(string? colour)
    {
        var name = $"c{Guid.CreateVersion7():n}";
        Newsroom.Value(await CreateAsync(Fields(name) with { AccentColour = colour }));

        var answer = await new GraphQLClient(Database.Services).AskAsync(
            Viewer.Anonymous,
            $$"""{ persona(slug: "{{name}}") { accentColour accentColourDark } }"""
        );

        var persona = answer["data"]!["persona"]!;
        var dark = (string?)persona["accentColourDark"];
        Assert.Equal(colour, (string?)persona["accentColour"]);
        if (colour is null)
        {
            Assert.Null(dark);
        }
        else if (Contrast(colour) >= 3.1)
        {
            Assert.Equal(colour.ToLowerInvariant(), dark);
        }
        else
        {
            Assert.InRange(Contrast(dark!), 3.1, 3.25);
        }
    }

    // The contrast on #1b1e21, by the formula of WCAG 2.2.
    private static double Contrast(string colour)
    {
        static double Luminance(string text) =>
            Convert
                .FromHexString(text[1..])
                .Select(part => part / 255.0)
                .Select(part => part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4))
                .Zip([0.2126, 0.7152, 0.0722], (part, weight) => part * weight)
                .Sum();

        return (Luminance(colour) + 0.05) / (Luminance("#1b1e21") + 0.05);
    }

    [SkippableFact]
    public async Task A_new_profile_does_not_replace_earlier_profiles()
    {
        var persona = Newsroom.Value(await CreateAsync(Fields("Growing")));
        Newsroom.Value(await EditAsync(persona.Id, Fields("Grown")));
        var reordered = Newsroom.Value(await EditAsync(persona.Id, Fields("Grown") with { Order = 7 }));

        await using var db = await OpenAsync();
        var profiles = await db
            .PersonaProfiles.Where(p => p.PersonaId == persona.Id)
            .OrderBy(p => p.Number)
            .ToListAsync();
        Assert.Equal([(1, "Growing"), (2, "Grown")], profiles.Select(p => (p.Number, p.Profile.Name)));
        Assert.Equal((2, 7, 3), (reordered.ProfileNumber, reordered.Order, reordered.Version));
    }

    [SkippableFact]
    public async Task An_edit_that_changes_nothing_is_not_recorded_in_the_change_log()
    {
        var persona = Newsroom.Value(await CreateAsync(Fields("Same")));
        await using var db = await OpenAsync();
        var last = await db.Changes.MaxAsync(c => c.Seq);

        var edited = Newsroom.Value(await EditAsync(persona.Id, Fields("Same") with { Slug = "same" }));

        Assert.Equal(last, await db.Changes.MaxAsync(c => c.Seq));
        Assert.Equal(persona.Version, edited.Version);
        Newsroom.Value(await EditAsync(persona.Id, Fields("Same") with { IsActive = false }));
        Assert.Equal(last + 1, await db.Changes.MaxAsync(c => c.Seq));
    }

    [SkippableFact]
    public async Task The_slug_of_a_persona_is_permanent_and_unique()
    {
        var persona = Newsroom.Value(await CreateAsync(Fields("Unique")));

        var moved = await EditAsync(persona.Id, Fields("Unique") with { Slug = "elsewhere" });
        var twin = await CreateAsync(Fields("Unique"));

        Assert.Equal(["slug"], Refusal<PersonaSlugFixed>(moved.Errors).Path);
        Assert.Equal("unique", Refusal<PersonaSlugTaken>(twin.Errors).Slug);
    }

    [SkippableFact]
    public async Task All_invalid_fields_of_a_persona_are_reported_together()
    {
        var fields = new PersonaFields
        {
            Slug = "No Slug",
            Profile = new PersonaProfile
            {
                Name = " ",
                Lens = new string('l', 121),
                Bio = new string('b', 4001),
                VoiceGuide = new string('v', 8001),
            },
            AccentColour = "#12345g",
        };
        string[] expected =
        [
            "PersonaIncomplete at name",
            "SlugMalformed at slug",
            "ColourMalformed at accentColour",
            "TextTooLong at lens",
            "TextTooLong at bio",
            "TextTooLong at voiceGuide",
        ];
        var persona = Newsroom.Value(await CreateAsync(Fields("Faultless")));

        Assert.Equal(expected, Named((await CreateAsync(fields)).Errors));
        Assert.Equal(expected, Named((await EditAsync(persona.Id, fields)).Errors));
        Assert.Equal(["TextTooLong at name"], Named((await CreateAsync(Fields(new string('n', 121)))).Errors));
    }

    [SkippableFact]
    public async Task A_name_that_yields_no_slug_requires_an_explicit_slug()
    {
        Assert.Equal(["slug"], Refusal<SlugMalformed>((await CreateAsync(Fields("懐疑"))).Errors).Path);
        Assert.Equal("kaigi", Newsroom.Value(await CreateAsync(Fields("懐疑") with { Slug = "kaigi" })).Slug);
    }

    [SkippableFact]
    public async Task Editing_a_missing_persona_or_a_stale_version_is_rejected()
    {
        var persona = Newsroom.Value(await CreateAsync(Fields("Versioned")));
        Database.Clock.Advance(TimeSpan.FromMinutes(1));
        Newsroom.Value(await EditAsync(persona.Id, Fields("Versioned twice"), by: Newsroom.Person("Bo")));

        var stale = Refusal<VersionConflict>((await EditAsync(persona.Id, Fields("Stale"), persona.Version)).Errors);
        var unknown = await EditAsync(PersonaId.New(), Fields("Nobody"));

        Assert.Equal((2, "Bo", Database.Clock.GetUtcNow()), (stale.CurrentVersion, stale.ChangedBy, stale.ChangedAt));
        Assert.Equal(["id"], Refusal<PersonaNotFound>(unknown.Errors).Path);
    }

    private static PersonaFields Fields(string name) =>
        new()
        {
            Profile = new PersonaProfile { Name = name, Lens = "Big Picture" },
        };

    private Task<Result<Persona>> CreateAsync(PersonaFields fields) =>
        Database.Get<CreatePersona>().Handle(new CreatePersonaInput { Fields = fields }, Newsroom.Erin, default);

    private Task<Result<Persona>> EditAsync(
        PersonaId id,
        PersonaFields fields,
        int? expectedVersion = null,
        Actor? by = null
    ) =>
        Database
            .Get<EditPersona>()
            .Handle(
                new EditPersonaInput
                {
                    Id = id,
                    Edit = _ => fields,
                    ExpectedVersion = expectedVersion,
                },
                by ?? Newsroom.Erin,
                default
            );
}

public sealed class PersonaTests_Sqlite(SqliteTestDatabase database)
    : PersonaTests(database),
        IClassFixture<SqliteTestDatabase>;

public sealed class PersonaTests_SqlServer(SqlServerTestDatabase database)
    : PersonaTests(database),
        IClassFixture<SqlServerTestDatabase>;
