using Cms.Access;
using Cms.Articles;
using Cms.Articles.Comments;
using Cms.Articles.Desk;
using Cms.Articles.Presence;
using Cms.Articles.Preview;
using Cms.Articles.Timeline;
using Cms.Audit;
using Cms.Authors;
using Cms.Bookmarks;
using Cms.Changes;
using Cms.Foundation;
using Cms.Fronts;
using Cms.GraphQL;
using Cms.Media;
using Cms.Media.Intake;
using Cms.Panel;
using Cms.Partners;
using Cms.Partners.Deliveries;
using Cms.Partners.Log;
using Cms.Partners.Takedowns;
using Cms.Partners.Takedowns.Receipts;
using Cms.Partners.Usage;
using Cms.People;
using Cms.Reading;
using Cms.References;
using Cms.Routes.Redirects;
using Cms.Search;
using Cms.Taxonomy;
using Cms.Tools;
using Cms.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Cms.Data;

public class CmsDbContext(DbContextOptions<CmsDbContext> options) : DbContext(options)
{
    private AuditTrail? _audit;
    private readonly List<(ChangeKind Kind, SubjectId Subject, EditionId? Edition)> _changes = [];
    private readonly HashSet<ArticleId> _changedArticles = [];
    private readonly HashSet<PersonaId> _newPersonas = [];
    private readonly Dictionary<EditionId, DateTimeOffset> _endedAdvances = [];

    public DbSet<Article> Articles => Set<Article>();

    public DbSet<Revision> Revisions => Set<Revision>();

    public DbSet<Comment> Comments => Set<Comment>();

    public DbSet<ArticlePresence> Presence => Set<ArticlePresence>();

    public DbSet<PreviewLink> PreviewLinks => Set<PreviewLink>();

    public DbSet<CommentMention> CommentMentions => Set<CommentMention>();

    public DbSet<DeskListing> DeskListings => Set<DeskListing>();

    public DbSet<DeskFacet> DeskFacets => Set<DeskFacet>();

    public DbSet<DeskDocument> DeskDocuments => Set<DeskDocument>();

    public DbSet<InboxReading> InboxReadings => Set<InboxReading>();

    public DbSet<Edition> Editions => Set<Edition>();

    public DbSet<EditionTag> EditionTags => Set<EditionTag>();

    public DbSet<EditionAuthor> EditionAuthors => Set<EditionAuthor>();

    public DbSet<EditionTool> EditionTools => Set<EditionTool>();

    public DbSet<EditionMedia> EditionMedia => Set<EditionMedia>();

    public DbSet<EditionTake> EditionTakes => Set<EditionTake>();

    public DbSet<ArticleListing> ArticleListings => Set<ArticleListing>();

    public DbSet<PastListing> PastListings => Set<PastListing>();

    public DbSet<TakeListing> TakeListings => Set<TakeListing>();

    public DbSet<SearchDocument> SearchDocuments => Set<SearchDocument>();

    public DbSet<Persona> Personas => Set<Persona>();

    public DbSet<PersonaProfileVersion> PersonaProfiles => Set<PersonaProfileVersion>();

    public DbSet<Take> Takes => Set<Take>();

    public DbSet<TakeRevision> TakeRevisions => Set<TakeRevision>();

    public DbSet<Tool> Tools => Set<Tool>();

    public DbSet<Category> Categories => Set<Category>();

    public DbSet<Tag> Tags => Set<Tag>();

    public DbSet<Source> Sources => Set<Source>();

    public DbSet<Author> Authors => Set<Author>();

    public DbSet<TermSlug> TermSlugs => Set<TermSlug>();

    public DbSet<Reference> References => Set<Reference>();

    public DbSet<MediaAsset> MediaAssets => Set<MediaAsset>();

    public DbSet<MediaBlob> MediaBlobs => Set<MediaBlob>();

    public DbSet<MediaUpload> MediaUploads => Set<MediaUpload>();

    public DbSet<MediaUse> MediaUses => Set<MediaUse>();

    public DbSet<MediaTag> MediaTags => Set<MediaTag>();

    public DbSet<MediaTerm> MediaTerms => Set<MediaTerm>();

    public DbSet<Bookmark> Bookmarks => Set<Bookmark>();

    public DbSet<BookmarkShelf> BookmarkShelves => Set<BookmarkShelf>();

    public DbSet<Change> Changes => Set<Change>();

    public DbSet<CompletedMutation> CompletedMutations => Set<CompletedMutation>();

    public DbSet<ChangeCounter> ChangeCounters => Set<ChangeCounter>();

    public DbSet<SharedReader> SharedReaders => Set<SharedReader>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<AuditCounter> AuditCounters => Set<AuditCounter>();

    public DbSet<Front> Fronts => Set<Front>();

    public DbSet<Redirect> Redirects => Set<Redirect>();

    public DbSet<StaffMember> Staff => Set<StaffMember>();

    public DbSet<Partner> Partners => Set<Partner>();

    public DbSet<PartnerApplication> PartnerApplications => Set<PartnerApplication>();

    public DbSet<PartnerPerson> PartnerPeople => Set<PartnerPerson>();

    public DbSet<Agreement> Agreements => Set<Agreement>();

    public DbSet<AgreementAcceptance> AgreementAcceptances => Set<AgreementAcceptance>();

    public DbSet<FeedKey> FeedKeys => Set<FeedKey>();

    public DbSet<PartnerUsage> PartnerUsage => Set<PartnerUsage>();

    public DbSet<PartnerUsageDay> PartnerUsageDays => Set<PartnerUsageDay>();

    public DbSet<AdvanceListing> AdvanceListings => Set<AdvanceListing>();

    public DbSet<AdvanceTakeListing> AdvanceTakeListings => Set<AdvanceTakeListing>();

    public DbSet<PartnerLog> PartnerLogs => Set<PartnerLog>();

    public DbSet<PartnerArticle> PartnerArticles => Set<PartnerArticle>();

    public DbSet<PartnerDelivery> PartnerDeliveries => Set<PartnerDelivery>();

    public DbSet<Takedown> Takedowns => Set<Takedown>();

    public DbSet<TakedownAcknowledgement> TakedownAcknowledgements => Set<TakedownAcknowledgement>();

    public DbSet<ReceiptKey> ReceiptKeys => Set<ReceiptKey>();

    public DbSet<Webhook> Webhooks => Set<Webhook>();

    public DbSet<WebhookProgress> WebhookProgress => Set<WebhookProgress>();

    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();

    public DbSet<WebhookAttempt> WebhookAttempts => Set<WebhookAttempt>();

    public DbSet<BlockedPerson> BlockedPeople => Set<BlockedPerson>();

    public DbSet<BrowserSession> BrowserSessions => Set<BrowserSession>();

    public DbSet<ProtectionKey> ProtectionKeys => Set<ProtectionKey>();

    /// <summary>The announced changes, which are numbered and written at the end of this transaction.</summary>
    internal IReadOnlyList<(ChangeKind Kind, SubjectId Subject, EditionId? Edition)> PendingChanges => _changes;

    /// <summary>Announces a change that becomes public when this transaction is committed.</summary>
    internal void Announce(ChangeKind kind, IEntityId subject, EditionId? edition = null) =>
        _changes.Add((kind, SubjectId.Of(subject), edition));

    /// <summary>Whether this transaction makes public changes.</summary>
    internal bool HasAnnounced => _changes.Count > 0;

    /// <summary>The articles that this transaction has added, changed or deleted, or of which it changed a part.</summary>
    internal IReadOnlyCollection<ArticleId> ChangedArticles => _changedArticles;

    /// <summary>The personas that this transaction has added.</summary>
    internal IReadOnlyCollection<PersonaId> NewPersonas => _newPersonas;

    /// <summary>The advance editions whose release this transaction has ended, and when.</summary>
    internal IReadOnlyDictionary<EditionId, DateTimeOffset> EndedAdvances => _endedAdvances;

    /// <summary>What this transaction changed, for the audit log.</summary>
    internal AuditTrail Audit => _audit ??= new AuditTrail();

    /// <summary>What the operation of this transaction returns; null until it has succeeded.</summary>
    internal object? Result { get; set; }

    /// <summary>Forgets what was announced and changed, before and after each transaction.</summary>
    internal void ForgetAnnounced()
    {
        _changes.Clear();
        _changedArticles.Clear();
        _newPersonas.Clear();
        _endedAdvances.Clear();
        _audit?.Clear();
        Result = null;
    }

    /// <summary>Returns those of the editions that the caller receives. Readers receive all.</summary>
    internal virtual IQueryable<Edition> Included(IQueryable<Edition> editions) => editions;

    public override Task<int> SaveChangesAsync(
        bool acceptAllChangesOnSuccess,
        CancellationToken cancellationToken = default
    )
    {
        foreach (var entry in ChangeTracker.Entries())
        {
            if (
                entry.Entity is IAudited audited
                && entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted
            )
            {
                Audit.Collect(entry, audited);
            }

            if (
                entry.Entity is IArticlePart part
                && entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted
            )
            {
                _changedArticles.Add(part.ArticleId);
            }
            else if (entry is { Entity: Persona persona, State: EntityState.Added })
            {
                _newPersonas.Add(persona.Id);
            }

            if (
                entry is { Entity: Article article, State: EntityState.Modified }
                && entry.OriginalValues.GetValue<EditionId?>(nameof(Article.AdvanceEditionId)) is { } advance
                && advance != article.AdvanceEditionId
            )
            {
                _endedAdvances[advance] = article.UpdatedAt;
            }
        }

        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    // SqliteModel and SqlServerModel add what only their databases need.
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(CmsDbContext).Assembly);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        foreach (var id in IdTypes)
        {
            configurationBuilder
                .Properties(id)
                .HaveConversion(typeof(IdConverter<>).MakeGenericType(id))
                .HaveMaxLength(16)
                .AreFixedLength();
        }

        configurationBuilder.Properties<Guid>().HaveConversion<GuidConverter>().HaveMaxLength(16).AreFixedLength();
        configurationBuilder
            .Properties<PersonKey>()
            .HaveConversion<PersonConverter>()
            .HaveMaxLength(32)
            .AreFixedLength();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(32);
    }

    private static IEnumerable<Type> IdTypes { get; } =
    [
        typeof(FacetId),
        typeof(SubjectId),
        typeof(TargetId),
        .. typeof(CmsDbContext)
            .Assembly.GetTypes()
            .Where(type => type.IsValueType && type.IsAssignableTo(typeof(IEntityId)) && !type.IsGenericType),
    ];
}
