using Cms.Access;
using Cms.Articles;
using Cms.Articles.Drafting;
using Cms.Articles.Publishing;
using Cms.Articles.Workflow;
using Cms.Body;
using Cms.GraphQL;
using Cms.Media;
using Cms.Media.Intake;
using Cms.Media.Library;
using Cms.Media.Rights;
using Cms.Panel;
using Cms.Panel.Drafting;
using Cms.People;
using Cms.Tools;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cms.Testing;

/// <summary>Creates the people and the content that tests use.</summary>
public sealed class Newsroom(IServiceProvider services)
{
    /// <summary>The editor who acts by default.</summary>
    public static Actor Erin { get; } = GraphQLClient.Erin.ToActor();

    /// <summary>Returns an actor with this name, an editor by default.</summary>
    public static Actor Person(string name, Role role = Role.Editor) => GraphQLClient.Person(name, role).ToActor();

    /// <summary>Returns an AI model that writes drafts.</summary>
    public static Actor Model(string name, string version) =>
        new() { Contributor = Contributor.Model(name, version), Role = Role.Editor };

    /// <summary>Returns a reader of the site.</summary>
    public static Actor Reader(PersonKey key) =>
        new()
        {
            Contributor = Contributor.Person("Rae", key.ToString()),
            Key = key,
            Role = Role.Reader,
        };

    public static ArticleContent Story(string headline = "A compiler in a week") =>
        new ArticleContent
        {
            Headline = headline,
            Summary = "What two people and a parser generator did with five days.",
        }.WithBody(Value(RichText.Parse(BodyOf("They began on Monday."))));

    public static string BodyOf(string text) =>
        $$"""{"type":"doc","attrs":{"schemaVersion":1},"content":[{"type":"paragraph","attrs":{"id":"b1"},"content":[{"type":"text","text":"{{text}}"}]}]}""";

    public async Task<Article> DraftAsync(ArticleContent? content = null, string? slug = null) =>
        Value(
            await Get<CreateArticle>()
                .Handle(new CreateArticleInput { Content = content ?? Story(), Slug = slug }, Erin, default)
        );

    public async Task<Article> SaveAsync(ArticleId id, ArticleContent content) =>
        Value(await Get<SaveArticle>().Handle(new SaveArticleInput { Id = id, Edit = _ => content }, Erin, default));

    /// <summary>Submits the newest revision for review and approves it, as Erin unless somebody else is given.</summary>
    public async Task<Article> ApproveAsync(ArticleId id, Actor? by = null)
    {
        Value(await Get<SubmitForReview>().Handle(new SubmitForReviewInput { Id = id }, by ?? Erin, default));
        return Value(await Get<ApproveArticle>().Handle(new ApproveArticleInput { Id = id }, by ?? Erin, default));
    }

    public async Task<Article> PublishAsync(ArticleId id) =>
        Value(await Get<PublishArticle>().Handle(new PublishArticleInput { Id = id }, Erin, default));

    public async Task<Article> PublishedAsync(ArticleContent? content = null, string? slug = null) =>
        await PublishAsync((await DraftAsync(content, slug)).Id);

    public async Task<Persona> PersonaAsync(
        string name = "The Builder",
        string lens = "Developer Perspective",
        int order = 1
    ) =>
        Value(
            await Get<CreatePersona>()
                .Handle(
                    new CreatePersonaInput
                    {
                        Fields = new PersonaFields
                        {
                            Profile = new PersonaProfile { Name = name, Lens = lens },
                            Order = order,
                        },
                    },
                    Erin,
                    default
                )
        );

    public async Task<Take> ApprovedTakeAsync(
        ArticleId article,
        PersonaId persona,
        string text = "I would ship it.",
        TakeAnchor? anchor = null
    )
    {
        var take = Value(
            await Get<DraftTake>()
                .Handle(
                    new DraftTakeInput
                    {
                        Article = article,
                        Persona = persona,
                        Content = new TakeContent { Text = text },
                        Anchor = anchor,
                    },
                    Erin,
                    default
                )
        );
        return Value(await Get<ApproveTake>().Handle(new ApproveTakeInput { Id = take.Id }, Erin, default));
    }

    /// <summary>Adds a viewer to the list of staff, as their first request does.</summary>
    public async Task<StaffMember> StaffAsync(Viewer viewer) =>
        Value(await Get<RecordStaff>().Handle(new RecordStaffInput(), viewer.ToActor(), default));

    public async Task<Tool> ToolAsync(string name = "LanternDB") =>
        Value(
            await Get<CreateTool>()
                .Handle(new CreateToolInput { Fields = new ToolFields { Name = name } }, Erin, default)
        );

    /// <summary>Creates a tool that is public, because a published article is about it.</summary>
    public async Task<Tool> PublicToolAsync(string name = "LanternDB")
    {
        var tool = await ToolAsync(name);
        await PublishedAsync(Story() with { Tools = [tool.Id] });
        return tool;
    }

    /// <summary>Adds an image to the library, with a description and rights, so that it can be published.</summary>
    public async Task<MediaAsset> ImageAsync(
        string file = "the-disk-said-yes.webp",
        string? alt = "A storm cloud.",
        ImageRights? rights = null
    )
    {
        var asset = await UploadAsync(file);
        asset = Value(await Get<SaveMedia>().Handle(new SaveMediaInput { Id = asset.Id, Alt = alt }, Erin, default));
        return await LicenseAsync(asset.Id, rights ?? new ImageRights { CreditLine = "Drawing by the newsroom" });
    }

    /// <summary>Adds an image to the library, without a description or rights.</summary>
    public async Task<MediaAsset> UploadAsync(string file = "the-disk-said-yes.webp")
    {
        await using var content = Pictures.Open(file);
        return Value(
            await Get<StoreUpload>().Handle(new StoreUploadInput { FileName = file, Content = content }, Erin, default)
        );
    }

    public async Task<MediaAsset> LicenseAsync(MediaId id, ImageRights rights, MediaId? substitute = null) =>
        Value(
            await Get<SaveMediaRights>()
                .Handle(
                    new SaveMediaRightsInput
                    {
                        Id = id,
                        Creator = rights.Creator,
                        CreditLine = rights.CreditLine,
                        LicenceUrl = rights.LicenceUrl,
                        ValidFrom = rights.ValidFrom,
                        ExpiresAt = rights.ExpiresAt,
                        Substitute = substitute,
                    },
                    Erin,
                    default
                )
        );

    /// <summary>Returns the value, or fails the test with the errors.</summary>
    public static T Value<T>(Result<T> result)
    {
        Assert.True(result.Succeeded(out var value, out var errors), string.Join("; ", errors));
        return value!;
    }

    private T Get<T>()
        where T : notnull => services.GetRequiredService<T>();
}
