export { amnestyFaults, currentAmnesty, setAmnesty } from './amnesty.ts'
export { doneWithReport } from './done-with-report.ts'
export {
  followingReport,
  type Following,
  readReports,
  type ReportInShort,
  type ReportRead,
  seeReport,
} from './read-reports.ts'
export { type ReportedApp, reportApp, selfReportFaults } from './report-app.ts'
