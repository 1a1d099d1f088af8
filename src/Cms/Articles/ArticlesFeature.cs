using Cms.Articles.Comments;
using Cms.Articles.Comparing;
using Cms.Articles.Desk;
using Cms.Articles.Drafting;
using Cms.Articles.Gate;
using Cms.Articles.Presence;
using Cms.Articles.Preview;
using Cms.Articles.Publishing;
using Cms.Articles.Reading;
using Cms.Articles.Timeline;
using Cms.Articles.Workflow;
using Cms.Changes;
using Cms.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cms.Articles;

internal static class ArticlesFeature
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddArticles()
        {
            services.TryAddSingleton(new GateSettings());
            return services
                .AddSingleton<PublishGate>()
                .AddScoped<ChecksByArticle>()
                .AddScoped<UnpublishedChangesByArticle>()
                .AddSingleton<ICommitStep, EndAdvances>()
                .AddSingleton<ICommitStep, KeepDeskListings>()
                .AddSingleton<ICommitStep, OwnArticles>()
                .AddSingleton<CreateArticle>()
                .AddSingleton<SaveArticle>()
                .AddSingleton<PublishArticle>()
                .AddSingleton<CorrectArticle>()
                .AddSingleton<WithdrawArticle>()
                .AddSingleton<RestoreRevision>()
                .AddSingleton<ScheduleArticle>()
                .AddSingleton<ReleaseUnderEmbargo>()
                .AddSingleton<UnscheduleArticle>()
                .AddSingleton<SetEmbargo>()
                .AddSingleton<PublishDueArticles>()
                .AddSingleton<ScheduleWithdrawal>()
                .AddSingleton<UnscheduleWithdrawal>()
                .AddSingleton<WithdrawDueArticles>()
                .AddSingleton<UpdateArticle>()
                .AddSingleton<ChangeSlug>()
                .AddSingleton<LabelRevision>()
                .AddSingleton<AssignArticle>()
                .AddSingleton<BulkArticles>()
                .AddSingleton<SubmitForReview>()
                .AddSingleton<WithdrawFromReview>()
                .AddSingleton<RequestChanges>()
                .AddSingleton<ApproveArticle>()
                .AddSingleton<TrashArticle>()
                .AddSingleton<RestoreArticle>()
                .AddSingleton<DeleteArticle>()
                .AddSingleton<AddComment>()
                .AddSingleton<ResolveComment>()
                .AddSingleton<DeleteComment>()
                .AddSingleton<AcquireLease>()
                .AddSingleton<RenewLease>()
                .AddSingleton<TakeOverLease>()
                .AddSingleton<ReleaseLease>()
                .AddScoped<PresenceByArticle>()
                .AddSingleton<CreatePreviewLink>()
                .AddSingleton<RevokePreviewLink>()
                .AddSingleton<ForgetPreviewLinks>()
                .AddSingleton<OpenPreview>()
                .AddSingleton<PreviewFeed>()
                .AddSingleton<FollowPreview>()
                .AddScoped<PreviewLinksByArticle>()
                .AddScoped<PreviewedArticles>()
                .AddScoped<ShownArticles>()
                .AddScoped<LastHeadline>()
                .AddScoped<CompareRevisions>()
                .AddScoped<ListArticleHistory>()
                .AddScoped<ListComments>()
                .AddScoped<RepliesByThread>()
                .AddScoped<MentionsByComment>()
                .AddScoped<HeadBlockIds>()
                .AddSingleton<MarkInboxRead>()
                .AddScoped<ListDeskArticles>()
                .AddScoped<CountDeskArticles>()
                .AddScoped<DeskArticleById>()
                .AddScoped<CommentById>()
                .AddScoped<ListCalendar>()
                .AddScoped<ListCalendarDays>()
                .AddScoped<ListActivity>()
                .AddScoped<ListInbox>()
                .AddScoped<ListScheduledArticles>()
                .AddScoped<ReadDeskArticle>()
                .AddScoped<AdvanceOfArticle>()
                .AddScoped<RevisionsByArticle>()
                .AddScoped<WorkingCopyById>()
                .AddScoped<WorkingCopyOfArticle>()
                .AddScoped<ReadArticle>()
                .AddScoped<ReadArticleSnapshot>()
                .AddScoped<ListArticles>()
                .AddScoped<ListPastArticles>()
                .AddScoped<ListWithdrawnArticles>()
                .AddSingleton<ReadFacets>()
                .AddScoped<ArticleById>()
                .AddScoped<RelatedArticles>()
                .AddScoped<ArticlesByFacet>()
                .AddScoped<ArticleCountByFacet>()
                .AddScoped<CorrectionsByArticle>()
                .AddScoped<TagsByEdition>()
                .AddScoped<AuthorsByEdition>()
                .AddScoped<ToolsByEdition>()
                .AddScoped<TombstoneById>()
                .AddSingleton<FollowArticles>()
                .AddChange(ChangeKind.ArticlePublished, Upserted(ArticleChangeKind.Published))
                .AddChange(ChangeKind.ArticleUpdated, Upserted(ArticleChangeKind.Updated))
                .AddChange(ChangeKind.ArticleCorrected, Upserted(ArticleChangeKind.Corrected))
                .AddChange(
                    ChangeKind.ArticleWithdrawn,
                    (change, cursor) =>
                        new ArticleRemoved(
                            cursor,
                            change.OccurredAt,
                            new(change.SubjectId.Value),
                            change.EditionId!.Value
                        )
                );
        }
    }

    private static Func<Change, string, IChange> Upserted(ArticleChangeKind kind) =>
        (change, cursor) => new ArticleUpserted(cursor, change.OccurredAt, new(change.SubjectId.Value), kind);
}
