<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source> or </source>
        <comment>between two keys</comment>
        <translation> 或 </translation>
    </message>
    <message numerus="yes">
        <source>%n above the threshold of {read} read</source>
        <translation>
            <numerusform>已判读 {read} 幅，其中 %n 幅高于阈值</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n abstained</source>
        <translation>
            <numerusform>%n 幅未作答</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>%n 天</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n days before</source>
        <translation>
            <numerusform>%n 天前</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files cannot be read; see the list.</source>
        <translation>
            <numerusform>%n 个文件无法读取，见列表。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n films</source>
        <translation>
            <numerusform>%n 幅影像</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n films are listed.</source>
        <translation>
            <numerusform>列出了 %n 幅影像。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n films in the lasso</source>
        <translation>
            <numerusform>套索内 %n 幅影像</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n films were left out</source>
        <translation>
            <numerusform>略去 %n 幅影像</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n films; line: this film</source>
        <translation>
            <numerusform>%n 幅影像；线：本影像</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n frames</source>
        <translation>
            <numerusform>%n 帧</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n images</source>
        <translation>
            <numerusform>%n 幅</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lines</source>
        <translation>
            <numerusform>%n 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n maps</source>
        <translation>
            <numerusform>%n 通道</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n marks</source>
        <translation>
            <numerusform>%n 个标记</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more in the table</source>
        <translation>
            <numerusform>表中还有 %n 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more passed</source>
        <translation>
            <numerusform>另有 %n 项通过</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more: see the reading.</source>
        <translation>
            <numerusform>另有 %n 条，见判读栏。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not read</source>
        <translation>
            <numerusform>%n 幅未判读</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n notes on this file</source>
        <translation>
            <numerusform>此文件有 %n 条提示</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other classes</source>
        <translation>
            <numerusform>其他 %n 个类别</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n others</source>
        <translation>
            <numerusform>其他 %n 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n patients</source>
        <translation>
            <numerusform>%n 名患者</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pixels</source>
        <translation>
            <numerusform>%n 个像素</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n read</source>
        <translation>
            <numerusform>已判读 %n 幅</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n series</source>
        <translation>
            <numerusform>%n 序列</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n studies</source>
        <translation>
            <numerusform>%n 项检查</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n units</source>
        <translation>
            <numerusform>%n 个单元</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;All units</source>
        <translation>全部单元(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Angle</source>
        <translation>角度(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Automatic window</source>
        <translation>自动窗宽/窗位(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Bare film</source>
        <translation>仅影像(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Best window of a box</source>
        <translation>框选区域最佳窗(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Boxes and outlines</source>
        <translation>方框与轮廓(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Change keys…</source>
        <translation>更改按键(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Cobb angle</source>
        <translation>Cobb 角(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Delete the mark</source>
        <translation>删除标记(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Demo study</source>
        <translation>演示检查(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Deviation or raw state</source>
        <translation>偏差或原始状态(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Find in the worklist</source>
        <translation>在检查列表中搜索(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Fit</source>
        <translation>适合窗格(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Influence map</source>
        <translation>影响图(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Inspect</source>
        <translation>探查(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Invert grey levels</source>
        <translation>反相(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Length</source>
        <translation>长度(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Light or dark colours</source>
        <translation>浅色或深色界面(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Link the panes</source>
        <translation>窗格联动(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Magnifier</source>
        <translation>放大镜(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Measure</source>
        <translation>测量(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Messages…</source>
        <translation>消息(&amp;M)…</translation>
    </message>
    <message>
        <source>&amp;Next baseline of Influence</source>
        <translation>切换影响图的基准(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Next film</source>
        <translation>下一幅影像(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Next pane</source>
        <translation>下一个窗格(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Open films…</source>
        <translation>打开影像(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Overlays of the file</source>
        <translation>文件的叠加层(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Own call first</source>
        <translation>先独立判断(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Pan</source>
        <translation>平移(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Previous film</source>
        <translation>上一幅影像(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Print…</source>
        <translation>打印(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Reading</source>
        <translation>判读(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Reference lines</source>
        <translation>定位线(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Reset the view</source>
        <translation>重置视图(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Row cursor</source>
        <translation>行光标(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>设置(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;State map</source>
        <translation>状态图(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Take out of the list</source>
        <translation>从列表中移除(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Text on the film</source>
        <translation>影像上的文字(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;What if</source>
        <translation>假如(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Window</source>
        <translation>窗宽/窗位(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Worklist</source>
        <translation>检查列表(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Zoom</source>
        <translation>缩放(&amp;Z)</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between names in a row</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between parts of a sentence</comment>
        <translation>，</translation>
    </message>
    <message>
        <source>0 is closed, 1 is open; a state, not importance</source>
        <translation>0 为关闭，1 为打开；状态，不代表重要性</translation>
    </message>
    <message>
        <source>1 %</source>
        <translation>1 %</translation>
    </message>
    <message>
        <source>1 model row = {rows:.1f} stored rows</source>
        <translation>1 模型行 = {rows:.1f} 存储行</translation>
    </message>
    <message>
        <source>1 step = {rows:.1f} stored rows</source>
        <translation>1 步 = {rows:.1f} 存储行</translation>
    </message>
    <message>
        <source>100 % certain</source>
        <translation>100 % 确定</translation>
    </message>
    <message>
        <source>1–{count} finding</source>
        <translation>1–{count} 征象</translation>
    </message>
    <message>
        <source>50 % a guess</source>
        <translation>50 % 猜测</translation>
    </message>
    <message>
        <source>A band is not the outline of a lesion.</source>
        <translation>色带不是病灶的轮廓。</translation>
    </message>
    <message>
        <source>A length is in millimetres only where that is true, and of a kind that is named.</source>
        <translation>只有在成立时，长度才以毫米表示，并注明其种类。</translation>
    </message>
    <message>
        <source>A map and a dashed box point at; they are not an outline.</source>
        <translation>模型图和虚线框只是指向；它们不是轮廓。</translation>
    </message>
    <message>
        <source>A plain RNN has no gate: all of its state passes through every step. What the row and the state before drive a unit with adds up before the tanh, which gives the state now.</source>
        <translation>普通 RNN 没有门：它的全部状态在每一步都会通过。当前行与之前的状态对单元的驱动相加后经 tanh，得到现在的状态。</translation>
    </message>
    <message>
        <source>A recurrent network reads each film row by row, says how sure it is, and what moved it.</source>
        <translation>循环神经网络逐行读取每幅影像，给出结果及其把握程度，并说明是什么影响了它。</translation>
    </message>
    <message>
        <source>A second call. The first one stays as it is.</source>
        <translation>第二次判断。首次判断保持不变。</translation>
    </message>
    <message>
        <source>A second model</source>
        <translation>第二个模型</translation>
    </message>
    <message>
        <source>A side that the model does not read</source>
        <translation>模型不判读的侧别</translation>
    </message>
    <message>
        <source>A singular value says how much the matrix can stretch what comes in, in one direction. It is multiplied once a step, so it has no eigenvalues that would mean something.</source>
        <translation>奇异值说明矩阵在某一方向上最多能将输入放大多少。此矩阵每步只相乘一次，因此没有含义明确的特征值。</translation>
    </message>
    <message>
        <source>A view that the model does not read</source>
        <translation>模型不判读的投照体位</translation>
    </message>
    <message>
        <source>ANSWER CONFIDENCE</source>
        <translation>判断 把握程度</translation>
    </message>
    <message>
        <source>AP</source>
        <translation>前后位</translation>
    </message>
    <message>
        <source>Abdomen</source>
        <translation>腹部</translation>
    </message>
    <message>
        <source>About &amp;Rowscope</source>
        <translation>关于 Rowscope(&amp;R)</translation>
    </message>
    <message>
        <source>About Rowscope</source>
        <translation>关于 Rowscope</translation>
    </message>
    <message>
        <source>Absent</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Abstained</source>
        <translation>未作答</translation>
    </message>
    <message>
        <source>Abstained: {reason}</source>
        <translation>未作答：{reason}</translation>
    </message>
    <message>
        <source>Accuracy on validation films</source>
        <translation>验证集影像的准确率</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>追加</translation>
    </message>
    <message>
        <source>Add to the call …</source>
        <translation>追加意见…</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>已追加</translation>
    </message>
    <message>
        <source>After each row off by up to {off:.2f} ({source}).</source>
        <translation>每一行之后偏差不超过 {off:.2f}（{source}）。</translation>
    </message>
    <message>
        <source>After recording the model&apos;s answer is shown.</source>
        <translation>记录后显示模型结果。</translation>
    </message>
    <message>
        <source>Age of the patient</source>
        <translation>患者年龄</translation>
    </message>
    <message>
        <source>All &amp;keys</source>
        <translation>全部按键(&amp;K)</translation>
    </message>
    <message>
        <source>All commands have the keys that they came with.</source>
        <translation>所有命令均使用默认按键。</translation>
    </message>
    <message>
        <source>All films</source>
        <translation>全部影像</translation>
    </message>
    <message>
        <source>All gates</source>
        <translation>全部门</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>全部按键</translation>
    </message>
    <message>
        <source>All rows above each step are replaced by five other contents and the film is read again: only this says whether they could have affected the answer.</source>
        <translation>将每一步以上的所有行换成另外五种内容，并重新判读影像：只有这样才能说明它们本来能否影响结果。</translation>
    </message>
    <message>
        <source>All that was measured</source>
        <translation>全部测得数据</translation>
    </message>
    <message>
        <source>All units</source>
        <translation>全部单元</translation>
    </message>
    <message>
        <source>An age that the model does not read</source>
        <translation>模型不判读的年龄</translation>
    </message>
    <message>
        <source>An index holds the state of the network at every step of many films. It shows where else the network was in a state.</source>
        <translation>索引保存网络在许多影像的每一步的状态，用于查找网络还在何处处于同样的状态。</translation>
    </message>
    <message>
        <source>An index needs a model and two films in the list, or more.</source>
        <translation>建立索引需要一个模型，且列表中至少有两幅影像。</translation>
    </message>
    <message>
        <source>An index of films shows them, and how this unit is distributed.</source>
        <translation>建立影像索引后，可显示这些影像以及此单元取值的分布。</translation>
    </message>
    <message>
        <source>An outline goes round the pixels that are at least this probable. Another cut draws other outlines and areas; the figures of the model&apos;s tests hold for its own.</source>
        <translation>轮廓围住概率不低于此值的像素。换一个界值，轮廓和面积随之改变；模型测试的数据只适用于其自身的界值。</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>角度</translation>
    </message>
    <message>
        <source>Angle {number}</source>
        <translation>角度 {number}</translation>
    </message>
    <message>
        <source>Another film</source>
        <translation>另一影像</translation>
    </message>
    <message>
        <source>Another kind of image</source>
        <translation>另一类影像</translation>
    </message>
    <message>
        <source>Another model</source>
        <translation>另一模型</translation>
    </message>
    <message>
        <source>Another part examined</source>
        <translation>另一检查部位</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Answer by row</source>
        <translation>逐行结果</translation>
    </message>
    <message>
        <source>Answer by row: the probability of every class if reading stopped after that step.</source>
        <translation>逐行结果：若在该步之后停止判读，各类别的概率。</translation>
    </message>
    <message>
        <source>Answer of {model} to a changed film ({edits}) beside that to the film as read; log-odds of {name}. A what-if of the model, not of the patient.</source>
        <translation>{model}对更改后影像（{edits}）的结果，与对原样影像的结果并列；{name}的对数几率。这是对模型的假设，不是对患者的假设。</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>已作答</translation>
    </message>
    <message>
        <source>Apache License 2.0. Typeface: Inter, SIL Open Font License.</source>
        <translation>Apache License 2.0。字体：Inter，SIL Open Font License。</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>界面</translation>
    </message>
    <message>
        <source>Appears after your own call</source>
        <translation>在您作出判断后显示</translation>
    </message>
    <message>
        <source>Appears when a model has read the film</source>
        <translation>模型判读影像后显示</translation>
    </message>
    <message>
        <source>Appears when films are indexed: see the page Find</source>
        <translation>为影像建立索引后显示：见“搜索”页</translation>
    </message>
    <message>
        <source>Appears when the mouse is released</source>
        <translation>松开鼠标后显示</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>结构</translation>
    </message>
    <message>
        <source>Architecture: {words}</source>
        <translation>结构：{words}</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>面积</translation>
    </message>
    <message>
        <source>Arrays (npz)</source>
        <translation>数组 (npz)</translation>
    </message>
    <message>
        <source>Arrow wi&amp;th text</source>
        <translation>带文字的箭头(&amp;T)</translation>
    </message>
    <message>
        <source>Arrow with text</source>
        <translation>带文字的箭头</translation>
    </message>
    <message>
        <source>Arrow {number}</source>
        <translation>箭头 {number}</translation>
    </message>
    <message>
        <source>As opened</source>
        <translation>按打开顺序</translation>
    </message>
    <message>
        <source>As read</source>
        <translation>原样</translation>
    </message>
    <message>
        <source>As read | changed</source>
        <translation>原样 | 更改后</translation>
    </message>
    <message>
        <source>As shipped</source>
        <translation>恢复原值</translation>
    </message>
    <message>
        <source>As stored</source>
        <translation>按存储</translation>
    </message>
    <message>
        <source>As the network numbers them</source>
        <translation>按网络中的编号</translation>
    </message>
    <message>
        <source>At the edge of usual</source>
        <translation>处于常见范围边缘</translation>
    </message>
    <message>
        <source>At the right stands the answer: a probability, its interval, and the threshold that decides.</source>
        <translation>右侧为结果：概率、其区间，以及起决定作用的阈值。</translation>
    </message>
    <message>
        <source>At the same share of the height</source>
        <translation>按高度的相同比例对应</translation>
    </message>
    <message>
        <source>At this threshold</source>
        <translation>在此阈值下</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>审核</translation>
    </message>
    <message>
        <source>B blinks it over the film</source>
        <translation>按 B 键在影像上闪烁对照</translation>
    </message>
    <message>
        <source>BLOCK</source>
        <translation>模块</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Back to the first keys</source>
        <translation>恢复默认按键</translation>
    </message>
    <message>
        <source>Back to the model&apos;s threshold</source>
        <translation>恢复模型的阈值</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>既往</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Being measured …</source>
        <translation>正在计算…</translation>
    </message>
    <message>
        <source>Best window of a box</source>
        <translation>框选区域最佳窗</translation>
    </message>
    <message>
        <source>Better</source>
        <translation>好转</translation>
    </message>
    <message>
        <source>Beyond the header&apos;s range</source>
        <translation>超出文件头的范围</translation>
    </message>
    <message>
        <source>Bone</source>
        <translation>骨</translation>
    </message>
    <message>
        <source>Borders</source>
        <translation>边框</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>两者</translation>
    </message>
    <message>
        <source>Box {number} · {name}</source>
        <translation>方框 {number} · {name}</translation>
    </message>
    <message>
        <source>Boxes</source>
        <translation>方框</translation>
    </message>
    <message>
        <source>Boxes that the model draws (Shift+O: all regions)</source>
        <translation>模型画出的方框（Shift+O：全部区域）</translation>
    </message>
    <message>
        <source>Brain</source>
        <translation>脑</translation>
    </message>
    <message>
        <source>Broken</source>
        <translation>不符合</translation>
    </message>
    <message>
        <source>Broken by the State map, as expected</source>
        <translation>状态图不符合，在意料之中</translation>
    </message>
    <message>
        <source>Brush rows</source>
        <translation>刷选行</translation>
    </message>
    <message>
        <source>Brush rows to see it</source>
        <translation>刷选行后显示</translation>
    </message>
    <message>
        <source>Brushed rows become</source>
        <translation>刷选的行换成</translation>
    </message>
    <message>
        <source>By</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>By column above.</source>
        <translation>上方为按列。</translation>
    </message>
    <message>
        <source>By date</source>
        <translation>按日期</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>手动</translation>
    </message>
    <message>
        <source>By index until it is known what each unit brings to the answer</source>
        <translation>在得知各单元对结果的贡献之前，按编号排列</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>按姓名</translation>
    </message>
    <message>
        <source>By row</source>
        <translation>按行</translation>
    </message>
    <message>
        <source>By score</source>
        <translation>按概率</translation>
    </message>
    <message>
        <source>By the step at which a unit is farthest from zero</source>
        <translation>按单元离零最远的那一步</translation>
    </message>
    <message>
        <source>By what a unit brings to the log-odds: over all steps, their gradient by the unit&apos;s state, times the state&apos;s deviation from the training mean</source>
        <translation>按单元对对数几率的贡献：对全部步求和，每步为对数几率对单元状态的梯度乘以状态与训练均值的偏差</translation>
    </message>
    <message>
        <source>CENTER WIDTH</source>
        <translation>窗位 窗宽</translation>
    </message>
    <message>
        <source>CENTRE WIDTH</source>
        <translation>窗位 窗宽</translation>
    </message>
    <message>
        <source>CKA: how alike the states are as a whole, without matching; 0 unrelated, 1 alike.</source>
        <translation>CKA：两者的状态整体上有多相似，无需配对；0 为无关，1 为相同。</translation>
    </message>
    <message>
        <source>CLASS</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>CODE</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>CODE KEYS</source>
        <translation>代码 按键</translation>
    </message>
    <message>
        <source>COLUMN ROW</source>
        <translation>列 行</translation>
    </message>
    <message>
        <source>COLUMN,ROW COLUMN,ROW</source>
        <translation>列,行 列,行</translation>
    </message>
    <message>
        <source>Can the map be trusted?</source>
        <translation>这张模型图可信吗？</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cannot compare</source>
        <translation>无法比较</translation>
    </message>
    <message>
        <source>Caption and Python</source>
        <translation>说明与 Python</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>模型卡</translation>
    </message>
    <message>
        <source>Centre</source>
        <translation>窗位</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>Change against {film}</source>
        <translation>相对于{film}的变化</translation>
    </message>
    <message>
        <source>Change keys…</source>
        <translation>更改按键…</translation>
    </message>
    <message>
        <source>Change of influence</source>
        <translation>影响的变化</translation>
    </message>
    <message>
        <source>Change of the log-odds against {film}, step by step</source>
        <translation>相对于{film}的对数几率变化，逐步显示</translation>
    </message>
    <message>
        <source>Change the film and let the model read it again: brush rows with Shift and a drag over the film, or move the whole of it.</source>
        <translation>更改影像并让模型重新判读：按住 Shift 在影像上拖动以刷选行，或移动整幅影像。</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>更改后</translation>
    </message>
    <message>
        <source>Changed film</source>
        <translation>更改后的影像</translation>
    </message>
    <message>
        <source>Changed.</source>
        <translation>已更改。</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Choose a gate: only a square matrix that is multiplied again has eigenvalues.</source>
        <translation>请选择一个门：只有反复相乘的方阵才有特征值。</translation>
    </message>
    <message>
        <source>Choose a key and press another one. Changes hold at once.</source>
        <translation>选中一个按键，再按下新的按键。更改立即生效。</translation>
    </message>
    <message>
        <source>Choose the model that is to read the film, at the top right.</source>
        <translation>请在右上角选择用于判读影像的模型。</translation>
    </message>
    <message>
        <source>Choose what the film or the model is compared with</source>
        <translation>请选择与影像或模型对比的对象</translation>
    </message>
    <message>
        <source>Chosen units</source>
        <translation>所选单元</translation>
    </message>
    <message>
        <source>Chosen units off or on</source>
        <translation>关闭或打开所选单元</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Click a column of the hidden state to choose a unit; click more of them for a group.</source>
        <translation>点击隐藏状态中的一列以选择单元；再点击其他列组成一组。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭 (Esc)</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
    <message>
        <source>Cobb angle</source>
        <translation>Cobb 角</translation>
    </message>
    <message>
        <source>Cobb angle {number}</source>
        <translation>Cobb 角 {number}</translation>
    </message>
    <message>
        <source>Cobb {angle}</source>
        <translation>Cobb {angle}</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色主题</translation>
    </message>
    <message>
        <source>Columns of the brushed rows</source>
        <translation>刷选行的各列</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Compare all four</source>
        <translation>比较四个方向</translation>
    </message>
    <message>
        <source>Compare reading directions</source>
        <translation>比较读取方向</translation>
    </message>
    <message>
        <source>Compare with the &amp;prior</source>
        <translation>对比既往(&amp;P)</translation>
    </message>
    <message>
        <source>Compare with the untrained network</source>
        <translation>与未训练的网络对比</translation>
    </message>
    <message>
        <source>Compared model</source>
        <translation>对比的模型</translation>
    </message>
    <message>
        <source>Compared with before</source>
        <translation>与既往相比</translation>
    </message>
    <message>
        <source>Compared with the prior film</source>
        <translation>与既往相比</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>把握程度</translation>
    </message>
    <message>
        <source>Confidence in per cent</source>
        <translation>把握程度，百分数</translation>
    </message>
    <message>
        <source>Conformal prediction set: of films like the validation films, {level:.3g} % of each class have it among those that cannot be excluded.</source>
        <translation>共形预测集：对与验证集相似的影像，每一类中有 {level:.3g} % 的影像，其真实类别在未能排除的类别之中。</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>内容哈希</translation>
    </message>
    <message>
        <source>Content of the film: {content}</source>
        <translation>影像内容哈希：{content}</translation>
    </message>
    <message>
        <source>Cop&amp;y the marks</source>
        <translation>复制标记(&amp;Y)</translation>
    </message>
    <message>
        <source>Cop&amp;y the picture</source>
        <translation>复制图片(&amp;Y)</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>全部复制</translation>
    </message>
    <message>
        <source>Copy as Python</source>
        <translation>复制为 Python</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <source>Copy rows</source>
        <translation>复制行</translation>
    </message>
    <message>
        <source>Current {date}</source>
        <translation>当前 {date}</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>界值</translation>
    </message>
    <message>
        <source>DEGREES</source>
        <translation>角度</translation>
    </message>
    <message>
        <source>Decoded pixels kept in memory</source>
        <translation>内存中保留的解码像素</translation>
    </message>
    <message>
        <source>Decoder</source>
        <translation>解码器</translation>
    </message>
    <message>
        <source>Delete all mar&amp;ks</source>
        <translation>删除全部标记(&amp;K)</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Details of the message</source>
        <translation>消息详情</translation>
    </message>
    <message>
        <source>Deviation</source>
        <translation>偏差</translation>
    </message>
    <message>
        <source>Deviation from the training mean, or the raw state (D)</source>
        <translation>与训练均值的偏差，或原始状态 (D)</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Dice</source>
        <translation>Dice</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Difference, log-odds</source>
        <translation>差异，对数几率</translation>
    </message>
    <message>
        <source>Different patients</source>
        <translation>不同患者</translation>
    </message>
    <message>
        <source>Different patients: {name}</source>
        <translation>不同患者：{name}</translation>
    </message>
    <message>
        <source>Directions that count: 1 where one singular value has all the weight, as many as there are where all are equal (participation ratio of their squares).</source>
        <translation>有效方向数：全部权重集中于一个奇异值时为 1，各奇异值相等时为其个数（奇异值平方的参与比）。</translation>
    </message>
    <message>
        <source>Distance of rows {row:g} mm, of columns {column:g} mm: {kind}</source>
        <translation>行间距 {row:g} mm，列间距 {column:g} mm：{kind}</translation>
    </message>
    <message>
        <source>Does the filling matter?</source>
        <translation>结果与替换内容有关吗？</translation>
    </message>
    <message>
        <source>Drag the marker to change it.</source>
        <translation>拖动标尺即可更改。</translation>
    </message>
    <message>
        <source>Drag to leaf through the frames; light: loaded</source>
        <translation>拖动可逐帧浏览；浅色部分已载入</translation>
    </message>
    <message>
        <source>Drag with Shift over the film to brush rows</source>
        <translation>按住 Shift 在影像上拖动以刷选行</translation>
    </message>
    <message>
        <source>Drawing (SVG)</source>
        <translation>矢量图 (SVG)</translation>
    </message>
    <message>
        <source>Drop a film here, or press Ctrl+O</source>
        <translation>将影像拖到此处，或按 Ctrl+O</translation>
    </message>
    <message>
        <source>Drop films anywhere in this window: files, folders, a DICOMDIR, a zip.</source>
        <translation>将影像拖放到此窗口任意位置：文件、文件夹、DICOMDIR 或 zip。</translation>
    </message>
    <message>
        <source>Drop films here</source>
        <translation>将影像拖到此处</translation>
    </message>
    <message>
        <source>E&amp;xport the marks…</source>
        <translation>导出标记(&amp;X)…</translation>
    </message>
    <message>
        <source>Eigenvalues, with the unit circle</source>
        <translation>特征值与单位圆</translation>
    </message>
    <message>
        <source>Ellip&amp;se</source>
        <translation>椭圆(&amp;S)</translation>
    </message>
    <message>
        <source>Ellipse</source>
        <translation>椭圆</translation>
    </message>
    <message>
        <source>Ellipse {number}</source>
        <translation>椭圆 {number}</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>Enough rows</source>
        <translation>行数足够</translation>
    </message>
    <message>
        <source>Every result stays hidden until you have recorded your call.</source>
        <translation>在您记录判断之前，所有结果均隐藏。</translation>
    </message>
    <message>
        <source>Explain {name}</source>
        <translation>解释{name}</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Export c&amp;alls…</source>
        <translation>导出判断(&amp;A)…</translation>
    </message>
    <message>
        <source>Export calls</source>
        <translation>导出判断</translation>
    </message>
    <message>
        <source>Export reading</source>
        <translation>导出判读</translation>
    </message>
    <message>
        <source>Export the &amp;log of readings…</source>
        <translation>导出判读日志(&amp;L)…</translation>
    </message>
    <message>
        <source>Export the &amp;worklist…</source>
        <translation>导出检查列表(&amp;W)…</translation>
    </message>
    <message>
        <source>Export the list</source>
        <translation>导出列表</translation>
    </message>
    <message>
        <source>Export the list …</source>
        <translation>导出列表…</translation>
    </message>
    <message>
        <source>Export the log of readings</source>
        <translation>导出判读日志</translation>
    </message>
    <message>
        <source>Export the marks</source>
        <translation>导出标记</translation>
    </message>
    <message>
        <source>F</source>
        <translation>女</translation>
    </message>
    <message>
        <source>F&amp;ull screen</source>
        <translation>全屏(&amp;U)</translation>
    </message>
    <message>
        <source>FILE</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>FINDING</source>
        <translation>征象</translation>
    </message>
    <message>
        <source>FINDING VALUE|model</source>
        <translation>征象 值|model</translation>
    </message>
    <message>
        <source>FIRST LAST FILL</source>
        <translation>首步 末步 替换内容</translation>
    </message>
    <message>
        <source>FOLDER</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Failed its tests; no outline.</source>
        <translation>未通过测试；不是轮廓。</translation>
    </message>
    <message>
        <source>Farther films</source>
        <translation>较远的影像</translation>
    </message>
    <message>
        <source>Fewer rows than the model reads</source>
        <translation>行数少于模型所需</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Fill of outlines</source>
        <translation>轮廓填充</translation>
    </message>
    <message>
        <source>Fill outlines</source>
        <translation>填充轮廓</translation>
    </message>
    <message>
        <source>Film</source>
        <translation>影像</translation>
    </message>
    <message>
        <source>Film and program</source>
        <translation>影像与程序</translation>
    </message>
    <message>
        <source>Film sha256 {hash}, frame {frame}.</source>
        <translation>影像 sha256 {hash}，第 {frame} 帧。</translation>
    </message>
    <message>
        <source>Films</source>
        <translation>影像</translation>
    </message>
    <message>
        <source>Films of the index {name} ({films:,} films, {rows:,} rows) in which {model} was in the state of {steps} of this film{changed}; distance: root mean square over steps and units, in standard deviations of each unit.</source>
        <translation>索引 {name}（{films:,} 幅影像，{rows:,} 行）中 {model} 处于本影像{steps}{changed}的状态的影像；距离：对各步和各单元求均方根，以各单元的标准差计。</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>搜索命令</translation>
    </message>
    <message>
        <source>Find a tag, a name or a value</source>
        <translation>搜索标签、名称或值</translation>
    </message>
    <message>
        <source>Find patients, dates, modalities, descriptions</source>
        <translation>搜索患者、日期、模态、描述</translation>
    </message>
    <message>
        <source>Finding {number}</source>
        <translation>征象 {number}</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>征象</translation>
    </message>
    <message>
        <source>First call</source>
        <translation>首次判断</translation>
    </message>
    <message>
        <source>First frame</source>
        <translation>第一帧</translation>
    </message>
    <message>
        <source>First step</source>
        <translation>第一步</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适合</translation>
    </message>
    <message>
        <source>Fold what stands beneath the film</source>
        <translation>收起影像下方的内容</translation>
    </message>
    <message>
        <source>Follow the cursor</source>
        <translation>跟随光标</translation>
    </message>
    <message>
        <source>Forget what was opened</source>
        <translation>清除打开记录</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Found calibrated on its test.</source>
        <translation>其测试证实已校准。</translation>
    </message>
    <message>
        <source>Found on this film</source>
        <translation>在本影像上发现</translation>
    </message>
    <message>
        <source>Found: {places}</source>
        <translation>发现：{places}</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>Frame {number}</source>
        <translation>第 {number} 帧</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>帧数</translation>
    </message>
    <message>
        <source>From a blank film</source>
        <translation>以空白影像为基准</translation>
    </message>
    <message>
        <source>From it blurred</source>
        <translation>以其模糊影像为基准</translation>
    </message>
    <message>
        <source>From midway</source>
        <translation>以两类中间为基准</translation>
    </message>
    <message>
        <source>From the mean film</source>
        <translation>以平均影像为基准</translation>
    </message>
    <message>
        <source>From the next start.</source>
        <translation>下次启动时生效。</translation>
    </message>
    <message>
        <source>Gate</source>
        <translation>门</translation>
    </message>
    <message>
        <source>Gates</source>
        <translation>门</translation>
    </message>
    <message>
        <source>Go to step…</source>
        <translation>转到步…</translation>
    </message>
    <message>
        <source>Gradients</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>Gradients are being measured …</source>
        <translation>正在测量梯度…</translation>
    </message>
    <message>
        <source>Gradients by rows back from the last one, relative to it.</source>
        <translation>自最后一行往回各行的梯度，相对于最后一行。</translation>
    </message>
    <message>
        <source>Grey levels change by a drag or a number key; the stored values never do.</source>
        <translation>拖动或按数字键可改变灰度，存储值始终不变。</translation>
    </message>
    <message>
        <source>Grey of brushed rows</source>
        <translation>刷选行的灰度</translation>
    </message>
    <message>
        <source>Grey values</source>
        <translation>灰度值</translation>
    </message>
    <message>
        <source>Guide</source>
        <translation>指南</translation>
    </message>
    <message>
        <source>Held against a header</source>
        <translation>适用条件</translation>
    </message>
    <message>
        <source>Hidden state</source>
        <translation>隐藏状态</translation>
    </message>
    <message>
        <source>Hidden states of layer {layer}, steps × units, {quantity}.</source>
        <translation>第 {layer} 层的隐藏状态，步 × 单元，{quantity}。</translation>
    </message>
    <message>
        <source>Hidden units</source>
        <translation>隐藏单元</translation>
    </message>
    <message>
        <source>Hidden units {units} of {place}, {model}: state by step, and the answer with them {kind}, against {count} random groups of the same size; Δ log-odds of {name}.</source>
        <translation>{model} {place}的隐藏单元 {units}：逐步的状态，以及将它们{kind}时的结果，与 {count} 组同样大小的随机单元相比；{name}的 Δ 对数几率。</translation>
    </message>
    <message>
        <source>Hidden units, as 17, 41, 98; empty is all of them (U)</source>
        <translation>隐藏单元，例如 17, 41, 98；留空表示全部 (U)</translation>
    </message>
    <message>
        <source>Histogram of {name}</source>
        <translation>{name}的直方图</translation>
    </message>
    <message>
        <source>Horizon</source>
        <translation>视界</translation>
    </message>
    <message>
        <source>Horizon, rows</source>
        <translation>视界，行</translation>
    </message>
    <message>
        <source>Horizon: how many stored rows back a row still moves the last state by 1 % of what the last row does.</source>
        <translation>视界：往回多少存储行，那里的一行对最后状态的改变仍有最后一行的 1 %。</translation>
    </message>
    <message>
        <source>How it was tested</source>
        <translation>测试情况</translation>
    </message>
    <message>
        <source>How many of 100 films like yours show the finding. From it and the test&apos;s sensitivity and specificity follow the predictive values; in brackets, from both lower and from both upper ends of their intervals. They hold only as far as your films are like those of the test.</source>
        <translation>每 100 幅与您的影像类似的影像中，有多少幅为阳性。由它和测试的灵敏度、特异度得出预测值；括号内为分别取两者区间下限和上限所得的值。仅当您的影像与测试影像类似时才成立。</translation>
    </message>
    <message>
        <source>How much it multiplies for one film, only its maker can say.</source>
        <translation>判读一幅影像要做多少次乘法，只有其作者能说明。</translation>
    </message>
    <message>
        <source>How much it multiplies, only its maker can say.</source>
        <translation>要做多少次乘法，只有其作者能说明。</translation>
    </message>
    <message>
        <source>How much the gradient of the answer shrinks from the last row back, for RNN, LSTM and GRU of this size before training, and for this model, on this film.</source>
        <translation>结果的梯度自最后一行往回衰减多少：训练前同样大小的 RNN、LSTM 和 GRU，以及本模型，均在本影像上。</translation>
    </message>
    <message>
        <source>How often validation films with such an answer show this class: once with this film counted as one that does not, once as one that does. One of the two is calibrated; they have no level, as other intervals have. It holds for films like those, not for another hospital&apos;s.</source>
        <translation>结果与此相同的验证集影像中，有多大比例属于此类别：一次把本影像计为不属于，一次计为属于。两个值中有一个是校准的；它不像其他区间那样有置信水平。只适用于类似的影像，不适用于其他医院的影像。</translation>
    </message>
    <message>
        <source>How strongly outlines are filled</source>
        <translation>轮廓填充的强度</translation>
    </message>
    <message>
        <source>How usual it is</source>
        <translation>常见程度</translation>
    </message>
    <message>
        <source>If the rows above were others</source>
        <translation>假如上方各行不同</translation>
    </message>
    <message>
        <source>If these differ much, the model answers to what was put in, and not to what was taken away.</source>
        <translation>如果这些结果相差很大，模型回应的就是换入的内容，而不是去掉的内容。</translation>
    </message>
    <message>
        <source>Image {number}</source>
        <translation>影像 {number}</translation>
    </message>
    <message>
        <source>Images that differ have one UID: they are told apart by content.</source>
        <translation>不同的图像使用同一 UID：按内容区分。</translation>
    </message>
    <message>
        <source>In brackets: the {level:g} % interval.</source>
        <translation>括号内为 {level:g} % 区间。</translation>
    </message>
    <message>
        <source>In the usual range</source>
        <translation>在常见范围内</translation>
    </message>
    <message>
        <source>Index the films of the list</source>
        <translation>为列表中的影像建立索引</translation>
    </message>
    <message>
        <source>Indexing the films of the list…</source>
        <translation>正在为列表中的影像建立索引…</translation>
    </message>
    <message>
        <source>Influence</source>
        <translation>影响</translation>
    </message>
    <message>
        <source>Influence by column, to ±{end:g} log-odds</source>
        <translation>按列的影响，至 ±{end:g} 对数几率</translation>
    </message>
    <message>
        <source>Influence by row and column</source>
        <translation>按行和列的影响</translation>
    </message>
    <message>
        <source>Influence by row, or by row and column (Ctrl+Shift+I)</source>
        <translation>按行的影响，或按行和列的影响（Ctrl+Shift+I）</translation>
    </message>
    <message>
        <source>Influence map</source>
        <translation>影响图</translation>
    </message>
    <message>
        <source>Influence of every cell on {name}, Δ log-odds, rows × columns.</source>
        <translation>每个单元格对{name}的影响，Δ 对数几率，行 × 列。</translation>
    </message>
    <message>
        <source>Influence of every step on {name}, Δ log-odds, against {baseline}.</source>
        <translation>每一步对{name}的影响，Δ 对数几率，相对于{baseline}。</translation>
    </message>
    <message>
        <source>Influence, difference</source>
        <translation>影响的差异</translation>
    </message>
    <message>
        <source>Influence, ρ</source>
        <translation>影响，ρ</translation>
    </message>
    <message>
        <source>Inspect</source>
        <translation>探查</translation>
    </message>
    <message>
        <source>Interval</source>
        <translation>区间</translation>
    </message>
    <message>
        <source>Invert the changed film</source>
        <translation>将更改后的影像反相</translation>
    </message>
    <message>
        <source>Inverted</source>
        <translation>反相</translation>
    </message>
    <message>
        <source>IoU</source>
        <translation>IoU</translation>
    </message>
    <message>
        <source>Is this image for this model?</source>
        <translation>影像适合此模型吗？</translation>
    </message>
    <message>
        <source>It cannot be moved: the model keeps no films to say what another one does.</source>
        <translation>不能移动：模型未保存影像，无法说明其他阈值的效果。</translation>
    </message>
    <message>
        <source>It may name the patient; nothing of it is kept.</source>
        <translation>可能含有患者姓名；其中内容均不保存。</translation>
    </message>
    <message>
        <source>It multiplies no matrix.</source>
        <translation>它不做矩阵乘法。</translation>
    </message>
    <message>
        <source>It reads from both ends: no row is far from the answer.</source>
        <translation>它从两端读取：没有哪一行离结果很远。</translation>
    </message>
    <message>
        <source>It was lowest after epoch {best}: {loss:.3f}.</source>
        <translation>最低值在第 {best} 轮之后：{loss:.3f}。</translation>
    </message>
    <message>
        <source>Its probabilities were not found calibrated.</source>
        <translation>其概率未证实已校准。</translation>
    </message>
    <message>
        <source>Keep as try</source>
        <translation>保留为尝试</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>符合</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Kind of image</source>
        <translation>影像种类</translation>
    </message>
    <message>
        <source>LAYER down|up</source>
        <translation>层 down|up</translation>
    </message>
    <message>
        <source>LETTER</source>
        <translation>字母</translation>
    </message>
    <message>
        <source>LL</source>
        <translation>左侧位</translation>
    </message>
    <message>
        <source>LLD</source>
        <translation>左侧卧位</translation>
    </message>
    <message>
        <source>LLO</source>
        <translation>左斜位</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Last frame</source>
        <translation>最后一帧</translation>
    </message>
    <message>
        <source>Last step</source>
        <translation>最后一步</translation>
    </message>
    <message>
        <source>Lay films out by the hanging rules</source>
        <translation>按挂片规则排列影像</translation>
    </message>
    <message>
        <source>Layer and direction (L)</source>
        <translation>层和方向 (L)</translation>
    </message>
    <message>
        <source>Layer {number} {arrow}</source>
        <translation>第 {number} 层 {arrow}</translation>
    </message>
    <message>
        <source>Laying out the rows by UMAP…</source>
        <translation>正在用 UMAP 排布各行…</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>布局</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Least probability of a pixel within an outline</source>
        <translation>轮廓内像素的最低概率</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Length {number}</source>
        <translation>长度 {number}</translation>
    </message>
    <message>
        <source>Let Find follow the cursor</source>
        <translation>让“搜索”跟随光标</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>联动</translation>
    </message>
    <message>
        <source>Link &amp;pan</source>
        <translation>联动平移(&amp;P)</translation>
    </message>
    <message>
        <source>Link &amp;scroll</source>
        <translation>联动翻页(&amp;S)</translation>
    </message>
    <message>
        <source>Link &amp;window</source>
        <translation>联动窗宽/窗位(&amp;W)</translation>
    </message>
    <message>
        <source>Link &amp;zoom</source>
        <translation>联动缩放(&amp;Z)</translation>
    </message>
    <message>
        <source>Link the panes (K)</source>
        <translation>窗格联动 (K)</translation>
    </message>
    <message>
        <source>List what was opened last</source>
        <translation>列出最近打开的内容</translation>
    </message>
    <message>
        <source>Liver</source>
        <translation>肝</translation>
    </message>
    <message>
        <source>Loading {film} …</source>
        <translation>正在载入 {film}…</translation>
    </message>
    <message>
        <source>Loading …</source>
        <translation>正在载入…</translation>
    </message>
    <message>
        <source>Look as closely as you like: what the model reads stays the whole film.</source>
        <translation>可随意放大细看：模型读取的始终是整幅影像。</translation>
    </message>
    <message>
        <source>Looking for an index…</source>
        <translation>正在查找索引…</translation>
    </message>
    <message>
        <source>Loss</source>
        <comment>of a training</comment>
        <translation>损失</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>有损压缩</translation>
    </message>
    <message>
        <source>Lower the threshold</source>
        <translation>降低阈值</translation>
    </message>
    <message>
        <source>Lung</source>
        <translation>肺</translation>
    </message>
    <message>
        <source>L{number} {arrow}</source>
        <translation>层 {number} {arrow}</translation>
    </message>
    <message>
        <source>M</source>
        <translation>男</translation>
    </message>
    <message>
        <source>MARK</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>MARK NAME</source>
        <translation>标记 名称</translation>
    </message>
    <message>
        <source>MATRIX …</source>
        <translation>矩阵 …</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>MB</translation>
    </message>
    <message>
        <source>MODEL|none</source>
        <translation>模型|none</translation>
    </message>
    <message>
        <source>Made from</source>
        <translation>训练数据</translation>
    </message>
    <message>
        <source>Magnifier</source>
        <translation>放大镜</translation>
    </message>
    <message>
        <source>Map over the film</source>
        <translation>影像上的模型图</translation>
    </message>
    <message>
        <source>Map, and what moved the answer</source>
        <translation>模型图，以及影响结果的行</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>Marks</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>Matched on {rows} steps of this film</source>
        <translation>在本影像的 {rows} 步上配对</translation>
    </message>
    <message>
        <source>Matched on {rows} steps of {films} films</source>
        <translation>在 {films} 幅影像的 {rows} 步上配对</translation>
    </message>
    <message>
        <source>Matrix</source>
        <translation>矩阵</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>Measure the memory</source>
        <translation>测量记忆</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>测量值</translation>
    </message>
    <message>
        <source>Measured on {source}</source>
        <translation>在{source}上测得</translation>
    </message>
    <message>
        <source>Mediastinum</source>
        <translation>纵隔</translation>
    </message>
    <message>
        <source>Memo&amp;ry map</source>
        <translation>记忆图(&amp;R)</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>记忆</translation>
    </message>
    <message>
        <source>Memory is known of the last layer alone: its state ends in the answer</source>
        <translation>只有最后一层的记忆可知：只有它的状态通向结果</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Mirror left and right</source>
        <translation>左右翻转</translation>
    </message>
    <message>
        <source>Mirror top and bottom</source>
        <translation>上下翻转</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Model card</source>
        <translation>模型卡</translation>
    </message>
    <message>
        <source>Model card and its limits …</source>
        <translation>模型卡及其局限…</translation>
    </message>
    <message>
        <source>Model {name} {version}, weights sha256 {hash}.</source>
        <translation>模型 {name} {version}，权重 sha256 {hash}。</translation>
    </message>
    <message>
        <source>Models that rowscope-engine train makes hold them; one that was made elsewhere gets none afterwards. While a training runs, its folder of --tensorboard shows them.</source>
        <translation>rowscope-engine train 生成的模型带有这些曲线；在别处生成的模型无法补上。训练期间可在 --tensorboard 指定的文件夹中查看。</translation>
    </message>
    <message>
        <source>Model’s view</source>
        <translation>模型所见</translation>
    </message>
    <message>
        <source>My call</source>
        <translation>我的判断</translation>
    </message>
    <message>
        <source>NAME</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>NAME|NUMBER</source>
        <translation>名称|序号</translation>
    </message>
    <message>
        <source>NUMBER</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>NUMBER PANE</source>
        <translation>序号 窗格</translation>
    </message>
    <message>
        <source>NUMBERS|all</source>
        <translation>编号|all</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Name patient and study</source>
        <translation>写出患者和检查信息</translation>
    </message>
    <message>
        <source>Names of files are then kept on this computer.</source>
        <translation>文件名将因此保留在本机上。</translation>
    </message>
    <message>
        <source>Near points are alike; axes and far distances mean nothing</source>
        <translation>相近的点彼此相似；坐标轴和远距离没有含义</translation>
    </message>
    <message>
        <source>Nearer films</source>
        <translation>较近的影像</translation>
    </message>
    <message>
        <source>Needs a person</source>
        <translation>需人工判读</translation>
    </message>
    <message>
        <source>Negative predictive value</source>
        <translation>阴性预测值</translation>
    </message>
    <message>
        <source>Neither model answers.</source>
        <translation>两个模型均未作答。</translation>
    </message>
    <message>
        <source>Neither turned nor made up</source>
        <translation>未旋转，也非人工生成</translation>
    </message>
    <message>
        <source>Newest first. The list is kept until the program ends.</source>
        <translation>最新的在最前。列表保留到程序结束。</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一条</translation>
    </message>
    <message>
        <source>Next &amp;layer</source>
        <translation>下一层(&amp;L)</translation>
    </message>
    <message>
        <source>Next &amp;model</source>
        <translation>下一个模型(&amp;M)</translation>
    </message>
    <message>
        <source>Next frame</source>
        <translation>下一帧</translation>
    </message>
    <message>
        <source>Next overlay colour</source>
        <translation>下一种叠加层颜色</translation>
    </message>
    <message>
        <source>Next page at the right</source>
        <translation>右侧的下一页</translation>
    </message>
    <message>
        <source>Next page beneath the film</source>
        <translation>影像下方的下一页</translation>
    </message>
    <message>
        <source>Next presentation, or as stored</source>
        <translation>下一显示状态，或按存储显示</translation>
    </message>
    <message>
        <source>Next region</source>
        <translation>下一个区域</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>未作答</translation>
    </message>
    <message>
        <source>No answer, no steps to show</source>
        <translation>未作答，没有可显示的步</translation>
    </message>
    <message>
        <source>No answer, so no rows to show</source>
        <translation>未作答，没有可显示的行</translation>
    </message>
    <message>
        <source>No earlier film of this patient and kind is in the list.</source>
        <translation>列表中没有该患者更早的同类影像。</translation>
    </message>
    <message>
        <source>No film</source>
        <translation>没有影像</translation>
    </message>
    <message>
        <source>No film has been read yet.</source>
        <translation>尚未判读任何影像。</translation>
    </message>
    <message>
        <source>No film is open, so there is no picture of one.</source>
        <translation>没有打开的影像，因此没有图片可用。</translation>
    </message>
    <message>
        <source>No film is open.</source>
        <translation>没有打开的影像。</translation>
    </message>
    <message>
        <source>No film of the list fits.</source>
        <translation>列表中没有符合条件的影像。</translation>
    </message>
    <message>
        <source>No film on screen has a mark.</source>
        <translation>屏幕上的影像没有标记。</translation>
    </message>
    <message>
        <source>No gate of this network says what it keeps: its last state is no sum over the rows.</source>
        <translation>此网络没有说明保留什么的门：其最后状态不是各行之和。</translation>
    </message>
    <message>
        <source>No gates</source>
        <translation>没有门</translation>
    </message>
    <message>
        <source>No map</source>
        <translation>无模型图</translation>
    </message>
    <message>
        <source>No map: the network has not been opened on this film</source>
        <translation>无模型图：网络尚未用于此影像</translation>
    </message>
    <message>
        <source>No map: there is no answer</source>
        <translation>无模型图：没有结果</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>无模型</translation>
    </message>
    <message>
        <source>No model is installed: films can be seen and measured, but none is read. Open one from the File menu.</source>
        <translation>未安装模型：可以查看和测量影像，但不会判读。请从“文件”菜单打开一个模型。</translation>
    </message>
    <message>
        <source>No model reads yet.</source>
        <translation>尚无模型进行判读。</translation>
    </message>
    <message>
        <source>No pane shows anything yet.</source>
        <translation>尚无窗格显示内容。</translation>
    </message>
    <message>
        <source>No pane shows anything yet: open a film in Inspect.</source>
        <translation>尚无窗格显示内容：请在“探查”中打开影像。</translation>
    </message>
    <message>
        <source>No row is out of reach: replacing those of the first step alone moves the log-odds by up to {moved}.</source>
        <translation>没有够不着的行：仅替换第一步的行，对数几率就最多改变 {moved}。</translation>
    </message>
    <message>
        <source>No second model</source>
        <translation>无第二个模型</translation>
    </message>
    <message>
        <source>No wide borders</source>
        <translation>无宽边框</translation>
    </message>
    <message>
        <source>No: {why}. It shows what the network holds, not what the answer rests on.</source>
        <translation>不可信：{why}。它显示网络记住了什么，而不是结果的依据。</translation>
    </message>
    <message>
        <source>Nobody has tested it. It shows what the network holds, not what the answer rests on.</source>
        <translation>未经测试。它显示网络记住了什么，而不是结果的依据。</translation>
    </message>
    <message>
        <source>Nobody has tested what the maps and the curve of this model are worth.</source>
        <translation>此模型的模型图和曲线是否可信，未经测试。</translation>
    </message>
    <message>
        <source>Nobody tested whether they are calibrated.</source>
        <translation>是否已校准，未经测试。</translation>
    </message>
    <message>
        <source>None of the {counted} rules for its maps is broken.</source>
        <translation>模型图的 {counted} 条规则均符合。</translation>
    </message>
    <message>
        <source>None: the head reads the last layer.</source>
        <translation>无：输出层读取的是最后一层。</translation>
    </message>
    <message>
        <source>Norm: the root of the sum of all squares (Frobenius).</source>
        <translation>范数：全部元素平方和的平方根 (Frobenius)。</translation>
    </message>
    <message>
        <source>Not a diagnosis.</source>
        <translation>不得用于诊断。</translation>
    </message>
    <message>
        <source>Not answered</source>
        <translation>未作答</translation>
    </message>
    <message>
        <source>Not answered: {reason}</source>
        <translation>未作答：{reason}</translation>
    </message>
    <message>
        <source>Not clear what it shows</source>
        <translation>内容不明确</translation>
    </message>
    <message>
        <source>Not found calibrated on its test: a 0.9 may come true more or less often.</source>
        <translation>测试未证实已校准：概率 0.9 实际应验的比例可能更高或更低。</translation>
    </message>
    <message>
        <source>Not known of a network of this kind.</source>
        <translation>此类网络没有这一项。</translation>
    </message>
    <message>
        <source>Not measured</source>
        <translation>未测量</translation>
    </message>
    <message>
        <source>Not measured: {count}.</source>
        <translation>未测量：{count}。</translation>
    </message>
    <message>
        <source>Not read</source>
        <translation>未判读</translation>
    </message>
    <message>
        <source>Not read yet</source>
        <translation>尚未判读</translation>
    </message>
    <message>
        <source>Not shown: nobody measured what it is worth row by row.</source>
        <translation>不显示：逐行结果的可信程度未曾测量。</translation>
    </message>
    <message>
        <source>Not shown: what it says after some rows is off by up to {off:.2f}.</source>
        <translation>不显示：某些行之后的结果偏差可达 {off:.2f}。</translation>
    </message>
    <message>
        <source>Not shown: {films:,} films are too few to say what it is worth.</source>
        <translation>不显示：{films:,} 幅影像太少，无法判断其可信程度。</translation>
    </message>
    <message>
        <source>Not sure</source>
        <translation>不确定</translation>
    </message>
    <message>
        <source>Not tested from {film}.</source>
        <translation>未以{film}测试过。</translation>
    </message>
    <message>
        <source>Not tested on other films.</source>
        <translation>未用其他影像测试过。</translation>
    </message>
    <message>
        <source>Not tested; no outline.</source>
        <translation>未经测试；不是轮廓。</translation>
    </message>
    <message>
        <source>Not the sex that the model reads</source>
        <translation>模型不判读的性别</translation>
    </message>
    <message>
        <source>Not what the model reads</source>
        <translation>不属于模型的判读范围</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Notebook</source>
        <translation>笔记本</translation>
    </message>
    <message>
        <source>Notebook of all…</source>
        <translation>全部存为笔记本…</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Nothing from {storage} for {seconds} s</source>
        <translation>{storage} 已有 {seconds} 秒没有响应</translation>
    </message>
    <message>
        <source>Nothing is changed yet.</source>
        <translation>尚未更改。</translation>
    </message>
    <message>
        <source>Nothing was found at this cut.</source>
        <translation>在此界值下未发现任何区域。</translation>
    </message>
    <message>
        <source>Nothing was said so far.</source>
        <translation>目前没有消息。</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>当前</translation>
    </message>
    <message>
        <source>Numbers are missing or occur twice: the images stand by file name.</source>
        <translation>图像编号缺失或重复：按文件名排列。</translation>
    </message>
    <message>
        <source>O</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>On validation films. Drag a marker to change a threshold; each finding has its own.</source>
        <translation>基于验证集影像。拖动标记可更改阈值；每个征象有各自的阈值。</translation>
    </message>
    <message>
        <source>One pixel for one</source>
        <translation>一比一像素</translation>
    </message>
    <message>
        <source>Only above the threshold</source>
        <translation>仅高于阈值的</translation>
    </message>
    <message>
        <source>Only abstained</source>
        <translation>仅未作答的</translation>
    </message>
    <message>
        <source>Only one of them answers.</source>
        <translation>只有一个模型作答。</translation>
    </message>
    <message>
        <source>Only those I have not seen</source>
        <translation>仅我未看过的</translation>
    </message>
    <message>
        <source>Open a &amp;folder…</source>
        <translation>打开文件夹(&amp;F)…</translation>
    </message>
    <message>
        <source>Open a &amp;model…</source>
        <translation>打开模型(&amp;M)…</translation>
    </message>
    <message>
        <source>Open a film to see what a network does with each of its rows.</source>
        <translation>打开影像，查看网络如何处理它的每一行。</translation>
    </message>
    <message>
        <source>Open a folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Open a folder…</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>Open a model: the folder that a training wrote</source>
        <translation>打开模型：训练生成的文件夹</translation>
    </message>
    <message>
        <source>Open a series first: the film on screen is a single one.</source>
        <translation>请先打开一个序列：当前显示的是单幅影像。</translation>
    </message>
    <message>
        <source>Open a&amp;gain</source>
        <translation>再次打开(&amp;G)</translation>
    </message>
    <message>
        <source>Open an index</source>
        <translation>打开索引</translation>
    </message>
    <message>
        <source>Open an index…</source>
        <translation>打开索引…</translation>
    </message>
    <message>
        <source>Open films</source>
        <translation>打开影像</translation>
    </message>
    <message>
        <source>Open films and read them row by row. Research use only.</source>
        <translation>打开影像并逐行判读。仅供研究使用。</translation>
    </message>
    <message>
        <source>Open films…</source>
        <translation>打开影像…</translation>
    </message>
    <message>
        <source>Opens films and reads them row by row with a recurrent network.</source>
        <translation>打开影像，用循环神经网络逐行判读。</translation>
    </message>
    <message>
        <source>Order and choice</source>
        <translation>排序与筛选</translation>
    </message>
    <message>
        <source>Order of the units</source>
        <translation>单元的排列顺序</translation>
    </message>
    <message>
        <source>Other classes: not compared</source>
        <translation>类别不同：不作比较</translation>
    </message>
    <message>
        <source>Other rows above</source>
        <translation>更换上方各行</translation>
    </message>
    <message>
        <source>Outli&amp;ne</source>
        <translation>轮廓(&amp;N)</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>轮廓</translation>
    </message>
    <message>
        <source>Outline {number}</source>
        <translation>轮廓 {number}</translation>
    </message>
    <message>
        <source>Outlines that the model draws (Shift+O: all regions)</source>
        <translation>模型画出的轮廓（Shift+O：全部区域）</translation>
    </message>
    <message>
        <source>Outside the usual range</source>
        <translation>超出常见范围</translation>
    </message>
    <message numerus="yes">
        <source>Over all steps of %n films</source>
        <translation>
            <numerusform>%n 幅影像的全部步</numerusform>
        </translation>
    </message>
    <message>
        <source>Own call first</source>
        <translation>先独立判断</translation>
    </message>
    <message>
        <source>PA</source>
        <translation>后前位</translation>
    </message>
    <message>
        <source>PAGE</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>PANE</source>
        <translation>窗格</translation>
    </message>
    <message>
        <source>PANE FILE</source>
        <translation>窗格 文件</translation>
    </message>
    <message>
        <source>PATH</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>PATH.pdf</source>
        <translation>路径.pdf</translation>
    </message>
    <message>
        <source>PC 1 {first} · PC 2 {second}</source>
        <translation>PC 1 {first} · PC 2 {second}</translation>
    </message>
    <message>
        <source>PERCENT</source>
        <translation>百分比</translation>
    </message>
    <message>
        <source>Pan</source>
        <translation>平移</translation>
    </message>
    <message>
        <source>Panes</source>
        <translation>窗格</translation>
    </message>
    <message>
        <source>Part examined</source>
        <translation>检查部位</translation>
    </message>
    <message>
        <source>Patient and study</source>
        <translation>患者和检查</translation>
    </message>
    <message>
        <source>Perhaps turned or made up</source>
        <translation>可能旋转过或为人工生成</translation>
    </message>
    <message>
        <source>Photometric</source>
        <translation>光度解释</translation>
    </message>
    <message>
        <source>Picture (PNG)</source>
        <translation>图片 (PNG)</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>Pixels of at least {value:.2f} are within. Drag to change it.</source>
        <translation>概率不低于 {value:.2f} 的像素在轮廓之内。拖动可更改。</translation>
    </message>
    <message>
        <source>Play or stop the cine</source>
        <translation>播放或停止电影</translation>
    </message>
    <message>
        <source>Play the frames as a cine</source>
        <translation>以电影方式播放</translation>
    </message>
    <message>
        <source>Point {number}</source>
        <translation>参考点 {number}</translation>
    </message>
    <message>
        <source>Positive predictive value</source>
        <translation>阳性预测值</translation>
    </message>
    <message>
        <source>Pr&amp;obe</source>
        <translation>取值(&amp;O)</translation>
    </message>
    <message>
        <source>Present</source>
        <translation>有</translation>
    </message>
    <message>
        <source>Presentations</source>
        <translation>显示状态</translation>
    </message>
    <message>
        <source>Prevalence</source>
        <translation>患病率</translation>
    </message>
    <message>
        <source>Prevalence in per cent</source>
        <translation>患病率，百分数</translation>
    </message>
    <message>
        <source>Previous frame</source>
        <translation>上一帧</translation>
    </message>
    <message>
        <source>Previous region</source>
        <translation>上一个区域</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>Prior {date}</source>
        <translation>既往 {date}</translation>
    </message>
    <message>
        <source>Probabilities</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>Probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>Probability {value:.2f} on a scale from 0 to 1.</source>
        <translation>概率 {value:.2f}，范围 0 到 1。</translation>
    </message>
    <message>
        <source>Probability, interval and threshold</source>
        <translation>概率、区间与阈值</translation>
    </message>
    <message>
        <source>Probe</source>
        <translation>取值</translation>
    </message>
    <message>
        <source>Probe {number}</source>
        <translation>取值 {number}</translation>
    </message>
    <message>
        <source>Projection</source>
        <translation>投影</translation>
    </message>
    <message>
        <source>Python</source>
        <translation>Python</translation>
    </message>
    <message>
        <source>R&amp;edo</source>
        <translation>重做(&amp;E)</translation>
    </message>
    <message>
        <source>RIGHT DOWN</source>
        <translation>右 下</translation>
    </message>
    <message>
        <source>RL</source>
        <translation>右侧位</translation>
    </message>
    <message>
        <source>RLD</source>
        <translation>右侧卧位</translation>
    </message>
    <message>
        <source>RLO</source>
        <translation>右斜位</translation>
    </message>
    <message>
        <source>RNN, LSTM, GRU: {size} units before training, our first weights / torch’s (quiet)</source>
        <translation>RNN、LSTM、GRU：训练前的 {size} 个单元，我们的初始权重 / torch 的（淡色）</translation>
    </message>
    <message>
        <source>ROWS COLUMNS</source>
        <translation>行数 列数</translation>
    </message>
    <message>
        <source>ROWSxCOLUMNS</source>
        <translation>行x列</translation>
    </message>
    <message>
        <source>Raise the threshold</source>
        <translation>提高阈值</translation>
    </message>
    <message>
        <source>Raw</source>
        <translation>原始</translation>
    </message>
    <message>
        <source>Re&amp;ference point</source>
        <translation>参考点(&amp;F)</translation>
    </message>
    <message>
        <source>Read</source>
        <comment>by the model: how fast and on what</comment>
        <translation>判读</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>阅片</translation>
    </message>
    <message>
        <source>Read &amp;all images of this series</source>
        <translation>判读此序列的全部图像(&amp;A)</translation>
    </message>
    <message>
        <source>Read &amp;or Inspect</source>
        <translation>阅片或探查(&amp;O)</translation>
    </message>
    <message>
        <source>Read all images of this series</source>
        <translation>判读此序列的全部图像</translation>
    </message>
    <message>
        <source>Read in {seconds:.2f} s on {device}</source>
        <translation>判读用时 {seconds:.2f} 秒，设备 {device}</translation>
    </message>
    <message>
        <source>Read on</source>
        <translation>判读设备</translation>
    </message>
    <message>
        <source>Read or Inspect (Tab)</source>
        <translation>阅片或探查 (Tab)</translation>
    </message>
    <message>
        <source>Read the &amp;guide</source>
        <translation>阅读指南(&amp;G)</translation>
    </message>
    <message>
        <source>Read the rest</source>
        <translation>继续判读</translation>
    </message>
    <message>
        <source>Read with this model</source>
        <translation>用此模型判读</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>判读</translation>
    </message>
    <message>
        <source>Reading directions</source>
        <translation>读取方向</translation>
    </message>
    <message>
        <source>Reading the file…</source>
        <translation>正在读取文件…</translation>
    </message>
    <message>
        <source>Reading with the second model …</source>
        <translation>正在用第二个模型判读…</translation>
    </message>
    <message>
        <source>Reading {name} …</source>
        <translation>正在判读 {name}…</translation>
    </message>
    <message>
        <source>Record my &amp;call</source>
        <translation>记录我的判断(&amp;C)</translation>
    </message>
    <message>
        <source>Record my call</source>
        <translation>记录我的判断</translation>
    </message>
    <message>
        <source>Rectan&amp;gle</source>
        <translation>矩形(&amp;G)</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>矩形</translation>
    </message>
    <message>
        <source>Rectangle {number}</source>
        <translation>矩形 {number}</translation>
    </message>
    <message>
        <source>Red, green and blue as they are stored, 8 bits each.</source>
        <translation>红、绿、蓝按存储值，各 8 位。</translation>
    </message>
    <message>
        <source>Redo it (Ctrl+Shift+Z)</source>
        <translation>重做 (Ctrl+Shift+Z)</translation>
    </message>
    <message>
        <source>Redo the try</source>
        <translation>重做尝试</translation>
    </message>
    <message>
        <source>Reference point</source>
        <translation>参考点</translation>
    </message>
    <message>
        <source>Rename t&amp;he mark</source>
        <translation>重命名标记(&amp;H)</translation>
    </message>
    <message>
        <source>Research use only</source>
        <translation>仅供研究使用</translation>
    </message>
    <message>
        <source>Research use only, not a diagnosis: films stay on this computer.</source>
        <translation>仅供研究使用，不得用于诊断：影像不会离开本机。</translation>
    </message>
    <message>
        <source>Research use only.</source>
        <translation>仅供研究使用。</translation>
    </message>
    <message>
        <source>Research use only. Not a diagnosis, not a medical device.</source>
        <translation>仅供研究使用，不得用于诊断，不是医疗器械。</translation>
    </message>
    <message>
        <source>Research use only. Not a diagnosis.</source>
        <translation>仅供研究使用，不得用于诊断。</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>分辨率</translation>
    </message>
    <message>
        <source>Rotate left</source>
        <translation>向左旋转</translation>
    </message>
    <message>
        <source>Rotate right</source>
        <translation>向右旋转</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Row cursor</source>
        <translation>行光标</translation>
    </message>
    <message>
        <source>Row states</source>
        <translation>各行状态</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Rows above step {step} (stored rows 0–{row}) could not have affected this answer: replaced in {ways} ways, they moved its log-odds by at most {moved}.</source>
        <translation>第 {step} 步以上的各行（存储行 0–{row}）本来就不能影响此结果：以 {ways} 种方式替换，其对数几率最多改变 {moved}。</translation>
    </message>
    <message>
        <source>Rows and columns are being measured …</source>
        <translation>正在计算行和列…</translation>
    </message>
    <message>
        <source>Rows of the file → rows that the model reads</source>
        <translation>文件的行数 → 模型判读的行数</translation>
    </message>
    <message>
        <source>Rows × columns</source>
        <translation>行 × 列</translation>
    </message>
    <message>
        <source>Rowscope met an error that it did not expect.</source>
        <translation>Rowscope 遇到了意外错误。</translation>
    </message>
    <message>
        <source>Rowscope opens nothing from the web: save the files here, then drop them.</source>
        <translation>Rowscope 不打开网络内容：请先将文件保存到本机，再拖入。</translation>
    </message>
    <message>
        <source>S&amp;hutter of the file</source>
        <translation>文件的遮光器(&amp;H)</translation>
    </message>
    <message>
        <source>S&amp;wap the first two panes</source>
        <translation>交换前两个窗格(&amp;W)</translation>
    </message>
    <message>
        <source>SCALE</source>
        <translation>缩放比例</translation>
    </message>
    <message>
        <source>SECONDS</source>
        <translation>秒数</translation>
    </message>
    <message>
        <source>SHARE</source>
        <translation>比例</translation>
    </message>
    <message>
        <source>STEP …</source>
        <translation>步 …</translation>
    </message>
    <message>
        <source>Same</source>
        <translation>无变化</translation>
    </message>
    <message>
        <source>Same patient? The file has no patient ID</source>
        <translation>是否同一患者？文件没有患者编号</translation>
    </message>
    <message>
        <source>Same patient? {name}</source>
        <translation>是否同一患者？{name}</translation>
    </message>
    <message>
        <source>Same state as at {steps}</source>
        <translation>与{steps}状态相同</translation>
    </message>
    <message>
        <source>Same state as at {steps} of the changed film</source>
        <translation>与更改后影像{steps}状态相同</translation>
    </message>
    <message>
        <source>Same state as at {steps}, changed</source>
        <translation>与更改后的{steps}状态相同</translation>
    </message>
    <message>
        <source>Same state elsewhere</source>
        <translation>他处的相同状态</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Save: {form}…</source>
        <translation>保存：{form}…</translation>
    </message>
    <message>
        <source>Saved {path}</source>
        <translation>已保存 {path}</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Second call</source>
        <translation>第二次判断</translation>
    </message>
    <message>
        <source>Second call …</source>
        <translation>第二次判断…</translation>
    </message>
    <message>
        <source>Second model</source>
        <translation>第二个模型</translation>
    </message>
    <message>
        <source>Sensitivity</source>
        <translation>灵敏度</translation>
    </message>
    <message>
        <source>Sensitivity and specificity</source>
        <translation>灵敏度与特异度</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>序列</translation>
    </message>
    <message>
        <source>Series {number}</source>
        <translation>序列 {number}</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Several images lie at one place, and nothing tells them apart.</source>
        <translation>多幅图像位于同一位置，无法区分。</translation>
    </message>
    <message>
        <source>Sex of the patient</source>
        <translation>患者性别</translation>
    </message>
    <message>
        <source>Shape of the film</source>
        <translation>影像的形状</translation>
    </message>
    <message>
        <source>Shape unlike its films</source>
        <translation>形状与模型的影像不同</translation>
    </message>
    <message>
        <source>Shift+I takes the next baseline.</source>
        <translation>按 Shift+I 切换到下一个基准。</translation>
    </message>
    <message>
        <source>Shift+O boxes and outlines    . next region</source>
        <translation>Shift+O 方框与轮廓    . 下一个区域</translation>
    </message>
    <message>
        <source>Shifted down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Shifted right</source>
        <translation>右移</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Show the &amp;tour</source>
        <translation>显示导览(&amp;T)</translation>
    </message>
    <message>
        <source>Show the demo</source>
        <translation>显示演示</translation>
    </message>
    <message>
        <source>Show the nearest</source>
        <translation>显示最近的</translation>
    </message>
    <message>
        <source>Show the weights {name}</source>
        <translation>显示权重 {name}</translation>
    </message>
    <message>
        <source>Shown after recording</source>
        <translation>记录后将显示</translation>
    </message>
    <message>
        <source>Shown as it is: training means are stored of the hidden state alone, and there is no deviation of anything else</source>
        <translation>按原值显示：只存有隐藏状态的训练均值，其他量没有偏差</translation>
    </message>
    <message>
        <source>Side</source>
        <translation>侧别</translation>
    </message>
    <message>
        <source>Singular values</source>
        <translation>奇异值</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Size of everything</source>
        <translation>界面缩放</translation>
    </message>
    <message>
        <source>Smaller range than declared</source>
        <translation>灰度范围小于声明值</translation>
    </message>
    <message>
        <source>Smooth enlarged pixels</source>
        <translation>平滑放大的像素</translation>
    </message>
    <message>
        <source>Smooth or single pixels</source>
        <translation>平滑或单个像素</translation>
    </message>
    <message>
        <source>So the two losses cannot be compared value by value; each can with itself.</source>
        <translation>因此两种损失不能逐值比较，各自只能与自身比较。</translation>
    </message>
    <message>
        <source>Soft tissue</source>
        <translation>软组织</translation>
    </message>
    <message>
        <source>Some images were found more than once; each is shown once.</source>
        <translation>部分图像有重复，每幅只显示一次。</translation>
    </message>
    <message>
        <source>Something went wrong</source>
        <translation>出错了</translation>
    </message>
    <message>
        <source>Speaks to its own layer</source>
        <translation>作用于本层</translation>
    </message>
    <message>
        <source>Speaks to layer {number}</source>
        <translation>作用于第 {number} 层</translation>
    </message>
    <message>
        <source>Specificity</source>
        <translation>特异度</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>States, CKA</source>
        <translation>状态，CKA</translation>
    </message>
    <message>
        <source>States, difference in σ</source>
        <translation>状态差异，σ</translation>
    </message>
    <message>
        <source>States, σ</source>
        <translation>状态，σ</translation>
    </message>
    <message>
        <source>Stay with the film that is shown (Esc)</source>
        <translation>停留在当前显示的影像 (Esc)</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Step down</source>
        <translation>下移一步</translation>
    </message>
    <message>
        <source>Step up</source>
        <translation>上移一步</translation>
    </message>
    <message>
        <source>Step {step}</source>
        <translation>第 {step} 步</translation>
    </message>
    <message>
        <source>Step {step} of layer {layer}: model rows, gates of units {units} along all steps, what units {strongest} kept, wrote and erased there, and what each step still holds of the final state.</source>
        <translation>第 {layer} 层第 {step} 步：模型行，单元 {units} 在全部步的门，单元 {strongest} 在此保留、写入和擦除的内容，以及各步在最终状态中的留存。</translation>
    </message>
    <message>
        <source>Steps {first}–{last}</source>
        <translation>第 {first}–{last} 步</translation>
    </message>
    <message>
        <source>Still showing {name}</source>
        <translation>仍在显示 {name}</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop comparing</source>
        <translation>停止对比</translation>
    </message>
    <message>
        <source>Stop reading this series</source>
        <translation>停止判读此序列</translation>
    </message>
    <message>
        <source>Stop the cine</source>
        <translation>停止电影</translation>
    </message>
    <message>
        <source>Stored row {row}</source>
        <translation>存储行 {row}</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>Strength of the map</source>
        <translation>模型图的强度</translation>
    </message>
    <message>
        <source>Strength of the map over the film</source>
        <translation>影像上模型图的强度</translation>
    </message>
    <message>
        <source>Stroke</source>
        <translation>卒中</translation>
    </message>
    <message>
        <source>Strongest</source>
        <translation>最强</translation>
    </message>
    <message>
        <source>Strongest units</source>
        <translation>最强的单元</translation>
    </message>
    <message>
        <source>Studies of this patient</source>
        <translation>检查时间线</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Subdural</source>
        <translation>硬膜下</translation>
    </message>
    <message>
        <source>Surprise is of model rows, not of units</source>
        <translation>意外度属于模型行，不属于单元</translation>
    </message>
    <message>
        <source>Switched off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Ta&amp;gs of the file</source>
        <translation>文件的标签(&amp;G)</translation>
    </message>
    <message>
        <source>Table (CSV)</source>
        <translation>表格 (CSV)</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Tags of {film}</source>
        <translation>{film} 的标签</translation>
    </message>
    <message>
        <source>Take away</source>
        <translation>取出</translation>
    </message>
    <message>
        <source>Take away…</source>
        <translation>取出…</translation>
    </message>
    <message>
        <source>Take it</source>
        <translation>占用该按键</translation>
    </message>
    <message>
        <source>Take out of the list</source>
        <translation>从列表中移除</translation>
    </message>
    <message>
        <source>Temporal bone</source>
        <translation>颞骨</translation>
    </message>
    <message>
        <source>Ten steps down</source>
        <translation>下移十步</translation>
    </message>
    <message>
        <source>Ten steps up</source>
        <translation>上移十步</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Text of the arrow</source>
        <translation>箭头的文字</translation>
    </message>
    <message>
        <source>The &amp;model&apos;s threshold</source>
        <translation>模型的阈值(&amp;M)</translation>
    </message>
    <message>
        <source>The Python of this pane is on the clipboard.</source>
        <translation>此窗格的 Python 已复制到剪贴板。</translation>
    </message>
    <message>
        <source>The answer is hidden until your own call.</source>
        <translation>模型结果已隐藏，先记录您的判断。</translation>
    </message>
    <message>
        <source>The answer to that film waits for your own call</source>
        <translation>该影像的结果在您作出判断后显示</translation>
    </message>
    <message>
        <source>The audit of {model}, measured on {source}.</source>
        <translation>{model} 的审核，在{source}上测得。</translation>
    </message>
    <message>
        <source>The bare film</source>
        <translation>仅影像</translation>
    </message>
    <message>
        <source>The blocks of {model} in the order of data.</source>
        <translation>{model} 的各模块，按数据经过的顺序。</translation>
    </message>
    <message>
        <source>The call is then locked. You can add to it, not change it.</source>
        <translation>判断随即锁定，可追加意见，不可改写。</translation>
    </message>
    <message>
        <source>The class whose log-odds are asked for</source>
        <translation>考察其对数几率的类别</translation>
    </message>
    <message>
        <source>The command “{text}” cannot be read: {name} takes nothing.</source>
        <translation>无法理解命令“{text}”：{name} 不带参数。</translation>
    </message>
    <message>
        <source>The command “{text}” cannot be read: {name} takes {arguments}.</source>
        <translation>无法理解命令“{text}”：{name} 需要 {arguments}。</translation>
    </message>
    <message>
        <source>The file could not be read.</source>
        <translation>无法读取文件。</translation>
    </message>
    <message>
        <source>The file does not say what it shows</source>
        <translation>文件未说明其内容</translation>
    </message>
    <message>
        <source>The file says only how films are shown. Open these films, too.</source>
        <translation>此文件只说明影像如何显示。请同时打开相应影像。</translation>
    </message>
    <message>
        <source>The files do not say where the images lie in the patient.</source>
        <translation>文件未说明图像在患者体内的位置。</translation>
    </message>
    <message>
        <source>The film as read, in four directions. The network learnt films from the top down only: the other three are new to it. Curves are not calibrated by row.</source>
        <translation>原样影像，按四个方向读取。网络训练时只自上而下读取影像：其余三个方向对它是全新的。曲线未逐行校准。</translation>
    </message>
    <message>
        <source>The film has no study date, so it cannot be told which films are prior.</source>
        <translation>影像没有检查日期，无法判断哪些是既往影像。</translation>
    </message>
    <message>
        <source>The film has padding; its pixels are in the picture as they are stored.</source>
        <translation>影像含有填充；其像素在图片中按存储值保留。</translation>
    </message>
    <message>
        <source>The film is being read again …</source>
        <translation>正在重新判读影像…</translation>
    </message>
    <message>
        <source>The film itself may show names. Look before you send it.</source>
        <translation>影像本身可能显示姓名。发送前请查看。</translation>
    </message>
    <message>
        <source>The film names no patient ID, so it cannot be told which films are prior.</source>
        <translation>影像没有患者编号，无法判断哪些是既往影像。</translation>
    </message>
    <message>
        <source>The film that Influence starts from (Shift+I)</source>
        <translation>影响图的基准影像 (Shift+I)</translation>
    </message>
    <message>
        <source>The first: {first}; the second: {second}.</source>
        <translation>第一个：{first}；第二个：{second}。</translation>
    </message>
    <message>
        <source>The folder holds no image files.</source>
        <translation>此文件夹中没有图像文件。</translation>
    </message>
    <message>
        <source>The formula gives every value back as it was read.</source>
        <translation>此公式可还原读取时的每个值。</translation>
    </message>
    <message>
        <source>The gaps between the images differ: some may be missing.</source>
        <translation>图像间距不一致：可能有缺失。</translation>
    </message>
    <message>
        <source>The grey that brushed rows become, on the model&apos;s scale</source>
        <translation>刷选的行换成的灰度，按模型的标尺</translation>
    </message>
    <message>
        <source>The hanging rules in {path} cannot be used: {why}. The program&apos;s own are used.</source>
        <translation>无法使用 {path} 中的挂片规则：{why}。已使用程序自带的规则。</translation>
    </message>
    <message>
        <source>The head reads a weighted mean of all steps.</source>
        <translation>输出层读取全部步的加权均值。</translation>
    </message>
    <message>
        <source>The head reads the mean of all steps: each step adds its share of it.</source>
        <translation>输出层读取全部步的均值：每一步占其中一份。</translation>
    </message>
    <message>
        <source>The head reads the state after the last step.</source>
        <translation>输出层读取最后一步之后的状态。</translation>
    </message>
    <message>
        <source>The head reads the state at the top of the film.</source>
        <translation>输出层读取影像顶端处的状态。</translation>
    </message>
    <message>
        <source>The header gives two ages</source>
        <translation>文件头给出两个年龄</translation>
    </message>
    <message>
        <source>The marks are on the clipboard.</source>
        <translation>标记已复制到剪贴板。</translation>
    </message>
    <message>
        <source>The matrix is too large for a spectrum here.</source>
        <translation>矩阵太大，此处不显示谱。</translation>
    </message>
    <message>
        <source>The model does not say which kinds of image it is for.</source>
        <translation>模型未说明适用于哪些种类的影像。</translation>
    </message>
    <message>
        <source>The model draws no box on this film.</source>
        <translation>模型在本影像上没有画出方框。</translation>
    </message>
    <message>
        <source>The model is wrong here: an opacity was drawn at the arrow, and it finds none.</source>
        <translation>此处模型判断错误：箭头处绘有阴影，模型却未发现。</translation>
    </message>
    <message>
        <source>The model returned no prediction.</source>
        <translation>模型没有给出预测。</translation>
    </message>
    <message>
        <source>The model {name} has changed on disk and was read again.</source>
        <translation>模型 {name} 在磁盘上已更改，已重新读取。</translation>
    </message>
    <message>
        <source>The model&apos;s answer is hidden. Record your own call first.</source>
        <translation>模型结果已隐藏，先记录您的判断。</translation>
    </message>
    <message>
        <source>The model&apos;s cut of outlines</source>
        <translation>模型的轮廓界值</translation>
    </message>
    <message>
        <source>The model: {name}</source>
        <translation>模型：{name}</translation>
    </message>
    <message>
        <source>The model…</source>
        <translation>模型…</translation>
    </message>
    <message>
        <source>The network is being asked …</source>
        <translation>正在询问网络…</translation>
    </message>
    <message>
        <source>The network reads from top to bottom; the strips show what it holds at each row.</source>
        <translation>网络自上而下读取；条带显示它在每一行所保持的内容。</translation>
    </message>
    <message>
        <source>The pane “{code}” shows nothing yet.</source>
        <translation>窗格“{code}”尚未显示内容。</translation>
    </message>
    <message>
        <source>The picture is on the clipboard.</source>
        <translation>图片已复制到剪贴板。</translation>
    </message>
    <message>
        <source>The picture itself is not checked</source>
        <translation>影像内容本身未检查</translation>
    </message>
    <message numerus="yes">
        <source>The reading did not end within %n seconds.</source>
        <translation>
            <numerusform>判读未能在 %n 秒内完成。</numerusform>
        </translation>
    </message>
    <message>
        <source>The same network</source>
        <translation>同一网络</translation>
    </message>
    <message>
        <source>The smallest value is meant to be shown white (MONOCHROME1).</source>
        <translation>最小值应显示为白色 (MONOCHROME1)。</translation>
    </message>
    <message>
        <source>The tour has stopped: try everything. Untouched for a while, it begins anew.</source>
        <translation>导览已停止：请随意试用。一段时间无操作后将重新开始。</translation>
    </message>
    <message>
        <source>The training of {model}.</source>
        <translation>{model} 的训练。</translation>
    </message>
    <message>
        <source>The values were stretched to 16 bits: they are right to half of the slope.</source>
        <translation>像素值已拉伸到 16 位：误差不超过斜率的一半。</translation>
    </message>
    <message>
        <source>The weights of epoch {kept} of {epochs} were kept: validation loss {loss:.3f}.</source>
        <translation>共 {epochs} 轮，保留第 {kept} 轮的权重：验证损失 {loss:.3f}。</translation>
    </message>
    <message>
        <source>The wheel over a series</source>
        <translation>在序列上滚动滚轮</translation>
    </message>
    <message>
        <source>The whole film is changed.</source>
        <translation>更改的是整幅影像。</translation>
    </message>
    <message>
        <source>The {count} strongest of {all}.</source>
        <translation>{all} 个中最强的 {count} 个。</translation>
    </message>
    <message>
        <source>The {level:g} % interval.</source>
        <translation>{level:g} % 区间。</translation>
    </message>
    <message>
        <source>There is no command “{name}”; rowscope --commands lists them.</source>
        <translation>没有名为“{name}”的命令；rowscope --commands 可列出全部命令。</translation>
    </message>
    <message>
        <source>There is no index for {model} yet.</source>
        <translation>尚无 {model} 的索引。</translation>
    </message>
    <message>
        <source>There is no pane “{code}”; take {known}.</source>
        <translation>没有窗格“{code}”；可用：{known}。</translation>
    </message>
    <message>
        <source>There is no reading of this film yet.</source>
        <translation>此影像尚无判读结果。</translation>
    </message>
    <message>
        <source>These chest films are drawn by the program itself: they show no patient.</source>
        <translation>这些胸片由程序自行绘制，不是患者影像。</translation>
    </message>
    <message>
        <source>They agree: {answer}.</source>
        <translation>二者一致：{answer}。</translation>
    </message>
    <message>
        <source>They answer different questions.</source>
        <translation>二者回答的问题不同。</translation>
    </message>
    <message>
        <source>They differ: {first} and {second}.</source>
        <translation>二者不一致：{first}和{second}。</translation>
    </message>
    <message>
        <source>This film</source>
        <translation>本影像</translation>
    </message>
    <message>
        <source>This film lies on its side: the model gives no answer, and says why.</source>
        <translation>此影像横放：模型不给出结果，并说明原因。</translation>
    </message>
    <message>
        <source>This index holds states of other weights of {name}: make it again, or choose another index.</source>
        <translation>此索引保存的是 {name} 其他权重的状态：请重新建立，或另选索引。</translation>
    </message>
    <message>
        <source>This index holds states of {other}, and {name} is open: choose that model, or another index.</source>
        <translation>此索引保存的是 {other} 的状态，而打开的是 {name}：请选择该模型，或另选索引。</translation>
    </message>
    <message>
        <source>This is all that the model saw of the film: it reads this coarse picture.</source>
        <translation>这就是模型所见的全部：它读取的是这幅粗略的图像。</translation>
    </message>
    <message>
        <source>This is your cut, not the model&apos;s ({value:.2f}). The figures of its tests hold for its own.</source>
        <translation>这是您的界值，不是模型的界值（{value:.2f}）。模型测试的数据只适用于其自身的界值。</translation>
    </message>
    <message>
        <source>This is your threshold, not the model&apos;s ({value:.2f}). The figures are of the validation films that the model keeps; they hold for films like those.</source>
        <translation>这是您的阈值，不是模型的阈值（{value:.2f}）。数据来自模型保存的验证集影像，仅适用于类似的影像。</translation>
    </message>
    <message>
        <source>This is your threshold, not the model&apos;s ({value:.2f}). What it does to other films was not measured.</source>
        <translation>这是您的阈值，不是模型的阈值（{value:.2f}）。它对其他影像的效果未经测量。</translation>
    </message>
    <message>
        <source>This map failed its tests.</source>
        <translation>此模型图未通过测试。</translation>
    </message>
    <message>
        <source>This map is not tested.</source>
        <translation>此模型图未经测试。</translation>
    </message>
    <message>
        <source>This map shows which rows moved the answer, towards the finding or away from it.</source>
        <translation>此模型图显示哪些行影响了结果：倾向阳性类别，或背离它。</translation>
    </message>
    <message>
        <source>This model answers from a weighted mean of all its states: every row reaches it.</source>
        <translation>此模型由其全部状态的加权均值得出结果：每一行都能影响它。</translation>
    </message>
    <message>
        <source>This model answers from its last state.</source>
        <translation>此模型由其最后状态得出结果。</translation>
    </message>
    <message>
        <source>This model answers from the mean of all its states: every row reaches it.</source>
        <translation>此模型由其全部状态的均值得出结果：每一行都能影响它。</translation>
    </message>
    <message>
        <source>This model holds no curves of its training.</source>
        <translation>此模型没有保存训练曲线。</translation>
    </message>
    <message>
        <source>This pane &amp;alone</source>
        <translation>仅显示此窗格(&amp;A)</translation>
    </message>
    <message>
        <source>This study holds files of several patients; they stand apart.</source>
        <translation>此检查含有多名患者的文件，已分开列出。</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>To a step&apos;s score this unit adds {score} for each unit of state.</source>
        <translation>状态每增加一个单位，此单元使该步的得分增加 {score}。</translation>
    </message>
    <message>
        <source>Too few grey values</source>
        <translation>灰度值太少</translation>
    </message>
    <message>
        <source>Too many clipped pixels</source>
        <translation>截断像素太多</translation>
    </message>
    <message>
        <source>Tour</source>
        <translation>导览</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Training films at this step</source>
        <translation>训练集影像，在此步</translation>
    </message>
    <message>
        <source>Training means are stored of the hidden state alone: no deviation of this</source>
        <translation>只存有隐藏状态的训练均值：此量没有偏差</translation>
    </message>
    <message>
        <source>Tries</source>
        <translation>尝试</translation>
    </message>
    <message>
        <source>True size</source>
        <translation>实际大小</translation>
    </message>
    <message>
        <source>True size is not known: this film does not say how large its pixels are.</source>
        <translation>实际大小未知：影像未说明像素大小。</translation>
    </message>
    <message>
        <source>True size is not known: this film has its spacing at the detector, not in the patient.</source>
        <translation>实际大小未知：影像的像素间距在探测器平面，而非患者平面。</translation>
    </message>
    <message>
        <source>True size is not known: this screen does not say how large it is.</source>
        <translation>实际大小未知：屏幕未说明其尺寸。</translation>
    </message>
    <message>
        <source>Turned</source>
        <translation>旋转</translation>
    </message>
    <message>
        <source>Turned, by its header</source>
        <translation>按文件头所示，影像经过旋转</translation>
    </message>
    <message>
        <source>Turned, or made up</source>
        <translation>旋转过或为人工生成</translation>
    </message>
    <message>
        <source>UNIT …</source>
        <translation>单元 …</translation>
    </message>
    <message>
        <source>Undo the last try</source>
        <translation>收回上次尝试</translation>
    </message>
    <message>
        <source>Undo the last try (Ctrl+Z)</source>
        <translation>收回上次尝试 (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单元</translation>
    </message>
    <message>
        <source>Unit {unit}</source>
        <translation>单元 {unit}</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>单元</translation>
    </message>
    <message>
        <source>Units are numbers from 0 to {last}</source>
        <translation>单元编号为 0 到 {last}</translation>
    </message>
    <message>
        <source>Units that are off: zero or their mean</source>
        <translation>关闭的单元：零或其均值</translation>
    </message>
    <message>
        <source>Units that rise and fall together stand side by side</source>
        <translation>同升同降的单元排在一起</translation>
    </message>
    <message>
        <source>Units, |r|</source>
        <translation>单元，|r|</translation>
    </message>
    <message>
        <source>Unlike its films</source>
        <translation>与模型的影像不同</translation>
    </message>
    <message>
        <source>Untrained network</source>
        <translation>未训练的网络</translation>
    </message>
    <message>
        <source>Upright, by its header</source>
        <translation>按文件头所示，方向正确</translation>
    </message>
    <message>
        <source>VALUE|model</source>
        <translation>数值|model</translation>
    </message>
    <message>
        <source>VIEW</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>VOI LUT</source>
        <translation>VOI LUT</translation>
    </message>
    <message>
        <source>VR</source>
        <translation>VR</translation>
    </message>
    <message>
        <source>Validation figures</source>
        <translation>验证集数据</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>像素值</translation>
    </message>
    <message>
        <source>Vanishing gradients</source>
        <translation>梯度消失</translation>
    </message>
    <message>
        <source>Venn–Abers interval</source>
        <translation>Venn–Abers 区间</translation>
    </message>
    <message>
        <source>Vessels</source>
        <translation>血管</translation>
    </message>
    <message>
        <source>View</source>
        <translation>投照体位</translation>
    </message>
    <message>
        <source>W {width}  C {center}</source>
        <translation>窗宽&#xa0;{width}  窗位&#xa0;{center}</translation>
    </message>
    <message>
        <source>WHAT</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>WORDS</source>
        <translation>词语</translation>
    </message>
    <message>
        <source>Waits for my call</source>
        <translation>待我判断</translation>
    </message>
    <message>
        <source>Weight onto the classes</source>
        <translation>对各类别的权重</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Weights {name} of {model}, {figures}.</source>
        <translation>{model} 的权重 {name}，{figures}。</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>What brushed rows become</source>
        <translation>刷选的行换成什么</translation>
    </message>
    <message>
        <source>What does it show?</source>
        <translation>影像显示什么？</translation>
    </message>
    <message>
        <source>What each of them would say if reading stopped there. Of a network whose curve nobody measured it is no probability.</source>
        <translation>若在该处停止判读，各方向会给出的结果。网络的曲线未经测量时，它不是概率。</translation>
    </message>
    <message>
        <source>What if</source>
        <translation>假如</translation>
    </message>
    <message>
        <source>What if the film were {how}?</source>
        <translation>假如影像{how}？</translation>
    </message>
    <message>
        <source>What if {steps} held nothing unusual?</source>
        <translation>假如{steps}没有异常？</translation>
    </message>
    <message>
        <source>What if {steps} were {how}?</source>
        <translation>假如{steps}为{how}？</translation>
    </message>
    <message>
        <source>What if: {steps} steps read again in {seconds} s</source>
        <translation>假如：重新判读 {steps} 步，用时 {seconds} 秒</translation>
    </message>
    <message>
        <source>What is left of each row in the last state</source>
        <translation>每一行在最后状态中的留存</translation>
    </message>
    <message>
        <source>What is left of each step</source>
        <translation>各步的留存</translation>
    </message>
    <message>
        <source>What is left of each step in the state that layer {layer} ends with.</source>
        <translation>各步在第 {layer} 层最终状态中的留存。</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>What it shows</source>
        <translation>影像内容</translation>
    </message>
    <message>
        <source>What moved the answer</source>
        <translation>哪些行影响了结果</translation>
    </message>
    <message>
        <source>What moved the answer, step by step (I)</source>
        <translation>哪些行影响了结果，逐步显示 (I)</translation>
    </message>
    <message>
        <source>What of the network is shown</source>
        <translation>显示网络的哪种量</translation>
    </message>
    <message>
        <source>What the model saw</source>
        <translation>模型所见</translation>
    </message>
    <message>
        <source>What the network does appears after your own call.</source>
        <translation>网络所做的在您作出判断后显示。</translation>
    </message>
    <message>
        <source>What the network&apos;s cells hold after each row (S)</source>
        <translation>每一行之后网络单元的内容 (S)</translation>
    </message>
    <message>
        <source>What this threshold does to other films was not measured.</source>
        <translation>此阈值对其他影像的效果未经测量。</translation>
    </message>
    <message>
        <source>What {model} reads</source>
        <translation>{model}所见</translation>
    </message>
    <message>
        <source>Which way up</source>
        <translation>上下方向</translation>
    </message>
    <message>
        <source>Whole film</source>
        <translation>整幅影像</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Wide borders</source>
        <translation>宽边框</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>窗宽</translation>
    </message>
    <message>
        <source>Win&amp;dow</source>
        <translation>窗口(&amp;D)</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗宽/窗位</translation>
    </message>
    <message>
        <source>Window of the full range</source>
        <translation>全范围窗宽/窗位</translation>
    </message>
    <message>
        <source>Window {number}</source>
        <translation>窗 {number}</translation>
    </message>
    <message>
        <source>Window: {name}</source>
        <translation>窗：{name}</translation>
    </message>
    <message>
        <source>With: {name}</source>
        <translation>对比：{name}</translation>
    </message>
    <message>
        <source>Words to add to the call</source>
        <translation>追加的意见</translation>
    </message>
    <message>
        <source>Worklist</source>
        <translation>检查列表</translation>
    </message>
    <message>
        <source>Worse</source>
        <translation>加重</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>写出时间</translation>
    </message>
    <message>
        <source>X,Y …</source>
        <translation>X,Y …</translation>
    </message>
    <message>
        <source>X1,Y1 X2,Y2 TEXT</source>
        <translation>X1,Y1 X2,Y2 文字</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>Yes, for this network: without the rows that it marks strongest the answer goes {faster:.1f} times as fast as without rows at random. It does not show where a lesion is.</source>
        <translation>可信，对此网络而言：去掉它标记最强的行，结果变化的速度是随机去掉行的 {faster:.1f} 倍。它不指示病灶的位置。</translation>
    </message>
    <message>
        <source>Your call is kept beside the model&apos;s answer.</source>
        <translation>您的判断与模型结果一并保存。</translation>
    </message>
    <message>
        <source>Your films are untouched, and you can go on. Please report this:</source>
        <translation>您的影像未受影响，可以继续使用。请报告以下内容：</translation>
    </message>
    <message>
        <source>Your films stay on this computer.</source>
        <translation>您的影像不会离开本机。</translation>
    </message>
    <message>
        <source>Your own call first</source>
        <translation>先独立判断</translation>
    </message>
    <message>
        <source>Your own call first: the answer stays hidden until you have recorded yours.</source>
        <translation>先独立判断：在您记录判断之前，结果一直隐藏。</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Zoom &amp;into a box</source>
        <translation>框选放大(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom into a box</source>
        <translation>框选放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>[MODEL]</source>
        <translation>[模型]</translation>
    </message>
    <message>
        <source>a baseline is mean, midway, blank or blurred.</source>
        <translation>基准可以是 mean、midway、blank 或 blurred。</translation>
    </message>
    <message>
        <source>a box</source>
        <translation>方框</translation>
    </message>
    <message>
        <source>a call is {names}.</source>
        <translation>判断只能是 {names}。</translation>
    </message>
    <message>
        <source>a confidence is 50 to 100.</source>
        <translation>把握程度为 50 到 100。</translation>
    </message>
    <message>
        <source>a cut lies between 0 and 1.</source>
        <translation>界值在 0 和 1 之间。</translation>
    </message>
    <message>
        <source>a fill lies between 0 and 1.</source>
        <translation>填充强度在 0 和 1 之间。</translation>
    </message>
    <message>
        <source>a film is flipped {ways}.</source>
        <translation>影像翻转方式应为 {ways}。</translation>
    </message>
    <message>
        <source>a film is rotated by {angles}.</source>
        <translation>影像旋转角度应为 {angles}。</translation>
    </message>
    <message>
        <source>a gate of this network is {names}.</source>
        <translation>此网络的门只能是 {names}。</translation>
    </message>
    <message>
        <source>a hanging rule is {names}.</source>
        <translation>挂片规则只能是 {names}。</translation>
    </message>
    <message>
        <source>a language is {names}.</source>
        <translation>语言只能是 {names}。</translation>
    </message>
    <message>
        <source>a lasso has three corners or more.</source>
        <translation>套索至少需要三个点。</translation>
    </message>
    <message>
        <source>a layer is a number from 1, and down or up.</source>
        <translation>层为从 1 开始的序号，加 down 或 up。</translation>
    </message>
    <message>
        <source>a layout is rows x columns, from 1x1 to 3x3</source>
        <translation>布局为行 x 列，从 1x1 到 3x3</translation>
    </message>
    <message>
        <source>a layout is rows x columns, from 1x1 to 3x3.</source>
        <translation>布局为行 x 列，从 1x1 到 3x3。</translation>
    </message>
    <message>
        <source>a link is {names}</source>
        <translation>联动只能是 {names}</translation>
    </message>
    <message>
        <source>a link is {names}.</source>
        <translation>联动只能是 {names}。</translation>
    </message>
    <message>
        <source>a list is filtered by {names}.</source>
        <translation>列表只能按 {names} 筛选。</translation>
    </message>
    <message>
        <source>a list is sorted by {names}.</source>
        <translation>列表只能按 {names} 排序。</translation>
    </message>
    <message>
        <source>a map is influence, state or none.</source>
        <translation>模型图只能是 influence、state 或 none。</translation>
    </message>
    <message>
        <source>a name is letters, digits and dashes</source>
        <translation>名称由字母、数字和连字符组成</translation>
    </message>
    <message>
        <source>a network of random weights makes nearly the same map</source>
        <translation>随机权重的网络也会得出几乎相同的图</translation>
    </message>
    <message>
        <source>a page is {names}.</source>
        <translation>页面只能是 {names}。</translation>
    </message>
    <message>
        <source>a pixel for each stored pixel</source>
        <translation>每个存储像素对应一个像素</translation>
    </message>
    <message>
        <source>a place in the plane is X,Y.</source>
        <translation>平面上的位置应为 X,Y。</translation>
    </message>
    <message>
        <source>a place is COLUMN,ROW, and not “{text}”.</source>
        <translation>位置应为“列,行”，而不是“{text}”。</translation>
    </message>
    <message>
        <source>a projection is {names}.</source>
        <translation>投影只能是 {names}。</translation>
    </message>
    <message>
        <source>a second model is {names} or none.</source>
        <translation>第二个模型只能是 {names} 或 none。</translation>
    </message>
    <message>
        <source>a speed is more than 0.</source>
        <translation>速度必须大于 0。</translation>
    </message>
    <message>
        <source>a state, not importance</source>
        <translation>状态，不代表重要性</translation>
    </message>
    <message>
        <source>a stretch is its first and its last step.</source>
        <translation>片段由首步和末步给出。</translation>
    </message>
    <message>
        <source>a theme is dark or light.</source>
        <translation>主题只能是 dark 或 light。</translation>
    </message>
    <message>
        <source>a threshold lies between 0 and 1.</source>
        <translation>阈值在 0 和 1 之间。</translation>
    </message>
    <message>
        <source>a tool is {names}.</source>
        <translation>工具只能是 {names}。</translation>
    </message>
    <message>
        <source>a what-if of the model, not of the patient</source>
        <translation>这是对模型的假设，不是对患者的假设</translation>
    </message>
    <message>
        <source>a window is [centre, width] or a name</source>
        <translation>窗为 [窗位, 窗宽] 或名称</translation>
    </message>
    <message>
        <source>a window is wider than 0.</source>
        <translation>窗宽必须大于 0。</translation>
    </message>
    <message>
        <source>a workspace is read or inspect.</source>
        <translation>工作区只能是 read 或 inspect。</translation>
    </message>
    <message>
        <source>abdomen</source>
        <translation>腹部</translation>
    </message>
    <message>
        <source>about the model alone</source>
        <translation>只与模型有关</translation>
    </message>
    <message>
        <source>above its threshold</source>
        <translation>高于其阈值</translation>
    </message>
    <message>
        <source>above step 0 there is no row</source>
        <translation>第 0 步以上没有行</translation>
    </message>
    <message>
        <source>above step {step} replaced: up to {moved} log-odds, by {filling}</source>
        <translation>替换第 {step} 步以上各行：最多改变 {moved} 对数几率（换成{filling}）</translation>
    </message>
    <message>
        <source>above the threshold</source>
        <translation>高于阈值</translation>
    </message>
    <message>
        <source>above your threshold</source>
        <translation>高于您的阈值</translation>
    </message>
    <message>
        <source>after the model&apos;s answer was seen</source>
        <translation>看过模型结果之后</translation>
    </message>
    <message>
        <source>against {film}</source>
        <translation>相对于{film}</translation>
    </message>
    <message>
        <source>against {film}; a band is not the outline of a lesion</source>
        <translation>相对于{film}；色带不是病灶的轮廓</translation>
    </message>
    <message>
        <source>against {film}; not tested from this film</source>
        <translation>相对于{film}；未以此影像测试过</translation>
    </message>
    <message>
        <source>against {film}; not tested from this film; a band is not the outline of a lesion</source>
        <translation>相对于{film}；未以此影像测试过；色带不是病灶的轮廓</translation>
    </message>
    <message>
        <source>alike</source>
        <translation>相似</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>all text on the film, the least, none</source>
        <translation>影像上的文字：全部、最少、无</translation>
    </message>
    <message>
        <source>all units</source>
        <translation>全部单元</translation>
    </message>
    <message>
        <source>also off on the next film</source>
        <translation>下一幅影像也关闭</translation>
    </message>
    <message>
        <source>an index needs a model and two films in the list, or more.</source>
        <translation>建立索引需要一个模型，且列表中至少有两幅影像。</translation>
    </message>
    <message>
        <source>an outline has three places or more.</source>
        <translation>轮廓至少需要三个点。</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>另有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>ankle</source>
        <translation>踝关节</translation>
    </message>
    <message>
        <source>another window on the model&apos;s 0 to 1</source>
        <translation>在模型的 0 到 1 范围内使用另一窗宽/窗位</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>answer by row: thin as read, strong without</source>
        <translation>逐行结果：细线原样，粗线关闭后</translation>
    </message>
    <message>
        <source>arm</source>
        <translation>上臂</translation>
    </message>
    <message>
        <source>as read</source>
        <translation>原样</translation>
    </message>
    <message>
        <source>as read {value}</source>
        <translation>原样 {value}</translation>
    </message>
    <message numerus="yes">
        <source>as stored, %n presentations</source>
        <translation>
            <numerusform>按存储，%n 个显示状态</numerusform>
        </translation>
    </message>
    <message>
        <source>as the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>ask What if about another class</source>
        <translation>在“假如”中考察另一类别</translation>
    </message>
    <message>
        <source>at detector</source>
        <translation>探测器平面</translation>
    </message>
    <message>
        <source>at detector, not corrected for magnification</source>
        <translation>探测器平面，未作放大校正</translation>
    </message>
    <message>
        <source>at the next step</source>
        <translation>在下一步</translation>
    </message>
    <message>
        <source>at the same step</source>
        <translation>在同一步</translation>
    </message>
    <message>
        <source>at the threshold</source>
        <translation>等于阈值</translation>
    </message>
    <message>
        <source>at this step</source>
        <translation>在此步</translation>
    </message>
    <message>
        <source>at this step · weight</source>
        <translation>在此步 · 权重</translation>
    </message>
    <message>
        <source>at this threshold, {films}</source>
        <translation>在此阈值下，{films}</translation>
    </message>
    <message>
        <source>at which everything is drawn, this time</source>
        <translation>本次绘制界面所用的缩放</translation>
    </message>
    <message>
        <source>at your threshold</source>
        <translation>等于您的阈值</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>average precision at an overlap of 0.5</source>
        <translation>重叠度 0.5 时的平均精确率</translation>
    </message>
    <message>
        <source>averages of areas, no window</source>
        <translation>取区域均值，不用窗宽/窗位</translation>
    </message>
    <message>
        <source>away from {name}</source>
        <translation>背离{name}</translation>
    </message>
    <message>
        <source>band: training films, mean ± 1&#xa0;σ</source>
        <translation>带：训练集影像，均值 ± 1 σ</translation>
    </message>
    <message>
        <source>before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>before any answer was seen</source>
        <translation>未看任何结果之前</translation>
    </message>
    <message>
        <source>before any training: what its shape alone does</source>
        <translation>任何训练之前：仅由其结构得到什么</translation>
    </message>
    <message>
        <source>below its threshold</source>
        <translation>低于其阈值</translation>
    </message>
    <message>
        <source>below the threshold</source>
        <translation>低于阈值</translation>
    </message>
    <message>
        <source>below your threshold</source>
        <translation>低于您的阈值</translation>
    </message>
    <message>
        <source>black</source>
        <translation>黑色</translation>
    </message>
    <message>
        <source>blurred film</source>
        <translation>模糊影像</translation>
    </message>
    <message>
        <source>bottom up</source>
        <translation>自下而上</translation>
    </message>
    <message>
        <source>box</source>
        <translation>方框</translation>
    </message>
    <message>
        <source>brain</source>
        <translation>脑</translation>
    </message>
    <message>
        <source>breast</source>
        <translation>乳腺</translation>
    </message>
    <message>
        <source>brushed steps become mean, blurred, neighbour, mirror, noise SEED, value GREY or film PATH</source>
        <translation>刷选的步换成 mean、blurred、neighbour、mirror、noise 随机种子、value 灰度或 film 路径</translation>
    </message>
    <message>
        <source>by chance</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>by class</source>
        <translation>按类别</translation>
    </message>
    <message>
        <source>by film</source>
        <translation>按影像</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>手动</translation>
    </message>
    <message>
        <source>by index</source>
        <translation>按编号</translation>
    </message>
    <message>
        <source>by influence</source>
        <translation>按影响</translation>
    </message>
    <message>
        <source>by peak step</source>
        <translation>按峰值步</translation>
    </message>
    <message>
        <source>by similarity</source>
        <translation>按相似性</translation>
    </message>
    <message>
        <source>by step</source>
        <translation>按步</translation>
    </message>
    <message>
        <source>by the model; yours are not saved</source>
        <translation>由模型给出；您的不会保存</translation>
    </message>
    <message>
        <source>by the model; yours are saved as they are made</source>
        <translation>由模型给出；您的在画出时即保存</translation>
    </message>
    <message>
        <source>calibrated</source>
        <translation>已校准</translation>
    </message>
    <message>
        <source>calibrated probability</source>
        <translation>校准后的概率</translation>
    </message>
    <message>
        <source>calibration not tested</source>
        <translation>校准未经测试</translation>
    </message>
    <message>
        <source>cell state; a state, not importance</source>
        <translation>细胞状态；状态，不代表重要性</translation>
    </message>
    <message>
        <source>cell state; beyond ±3 it hardly changes what the cell shows; not importance</source>
        <translation>细胞状态；超出 ±3 后对细胞的输出几乎没有影响；不代表重要性</translation>
    </message>
    <message>
        <source>change of the log-odds against {film}, step by step. {lesion}</source>
        <translation>相对于{film}的对数几率变化，逐步显示。{lesion}</translation>
    </message>
    <message>
        <source>change of the log-odds against {film}, step by step; not tested from this film. {lesion}</source>
        <translation>相对于{film}的对数几率变化，逐步显示；未以此影像测试过。{lesion}</translation>
    </message>
    <message>
        <source>change the film and read it again, or leave that</source>
        <translation>更改影像并重新判读，或退出</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>更改后</translation>
    </message>
    <message>
        <source>changed, as-read or both</source>
        <translation>changed（更改后）、as-read（原样）或 both（两者）</translation>
    </message>
    <message>
        <source>chest</source>
        <translation>胸部</translation>
    </message>
    <message>
        <source>choose a mark, by place, name or id</source>
        <translation>按序号、名称或标识选中标记</translation>
    </message>
    <message>
        <source>choose a region by its number and bring it into sight; 0 chooses none</source>
        <translation>按编号选择一个区域并移入视野；0 表示不选</translation>
    </message>
    <message>
        <source>choose hidden units of the layer that is shown by their numbers, or “none”</source>
        <translation>按编号选择所显示层的隐藏单元，或“none”</translation>
    </message>
    <message>
        <source>choose units by their numbers</source>
        <translation>按编号选择单元</translation>
    </message>
    <message>
        <source>click a date, or drag it to a pane</source>
        <translation>点击日期，或拖到影像区打开</translation>
    </message>
    <message>
        <source>close or open the shutter of the file</source>
        <translation>关闭或打开文件的遮光器</translation>
    </message>
    <message>
        <source>close the window of the model</source>
        <translation>关闭模型窗口</translation>
    </message>
    <message>
        <source>colour as stored</source>
        <translation>按存储的颜色</translation>
    </message>
    <message>
        <source>colour row states</source>
        <translation>为各行状态着色</translation>
    </message>
    <message>
        <source>colours are by {names}.</source>
        <translation>着色只能按 {names}。</translation>
    </message>
    <message>
        <source>column {column}, row {row}: red {red}, green {green}, blue {blue}</source>
        <translation>列 {column}，行 {row}：红 {red}，绿 {green}，蓝 {blue}</translation>
    </message>
    <message>
        <source>column {column}, row {row}: {value}</source>
        <translation>列 {column}，行 {row}：{value}</translation>
    </message>
    <message>
        <source>columns of the brushed rows</source>
        <translation>刷选行的各列</translation>
    </message>
    <message>
        <source>commands for the window, divided by “;”, as --commands lists them</source>
        <translation>给窗口的命令，以“;”分隔，可用 --commands 列出</translation>
    </message>
    <message>
        <source>compare in Inspect with the same network before any training</source>
        <translation>在探查中与训练前的同一网络对比</translation>
    </message>
    <message>
        <source>cspine</source>
        <translation>颈椎</translation>
    </message>
    <message>
        <source>d</source>
        <translation>天</translation>
    </message>
    <message>
        <source>dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>decoded pixels that are kept</source>
        <translation>保留的解码像素量</translation>
    </message>
    <message>
        <source>deviation from the step&apos;s mean; a state, not importance</source>
        <translation>与该步均值的偏差；状态，不代表重要性</translation>
    </message>
    <message>
        <source>deviation from the training mean of the step; a state, not importance</source>
        <translation>与该步训练均值的偏差；状态，不代表重要性</translation>
    </message>
    <message>
        <source>deviation in σ</source>
        <translation>以 σ 计的偏差</translation>
    </message>
    <message>
        <source>deviation is on or off.</source>
        <translation>deviation 只能是 on 或 off。</translation>
    </message>
    <message>
        <source>distance</source>
        <translation>距离</translation>
    </message>
    <message>
        <source>distance in σ</source>
        <translation>距离，σ</translation>
    </message>
    <message>
        <source>do it again</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>doubtful</source>
        <translation>存疑</translation>
    </message>
    <message>
        <source>draw boxes and outlines of the model</source>
        <translation>画出模型的方框和轮廓</translation>
    </message>
    <message>
        <source>draw boxes of the model</source>
        <translation>画出模型的方框</translation>
    </message>
    <message>
        <source>draw everything at a scale from the next start; 0 is as the system</source>
        <translation>自下次启动起按此比例绘制界面；0 为跟随系统</translation>
    </message>
    <message>
        <source>draw outlines at another probability of a pixel, or as the model came</source>
        <translation>以另一个像素概率画轮廓，或恢复模型原值</translation>
    </message>
    <message>
        <source>draw outlines of the model</source>
        <translation>画出模型的轮廓</translation>
    </message>
    <message>
        <source>draw overlay planes in the next colour</source>
        <translation>用下一种颜色绘制叠加层</translation>
    </message>
    <message>
        <source>drawn here</source>
        <translation>绘于此处</translation>
    </message>
    <message>
        <source>each dot is {size} × {size} weights and shows the strongest</source>
        <translation>每个点为 {size} × {size} 个权重，显示其中最强的</translation>
    </message>
    <message>
        <source>elbow</source>
        <translation>肘关节</translation>
    </message>
    <message>
        <source>enlarged pixels are {ways}.</source>
        <translation>放大的像素应为 {ways}。</translation>
    </message>
    <message>
        <source>epoch</source>
        <translation>轮</translation>
    </message>
    <message>
        <source>epoch {epoch}: {value}</source>
        <translation>第 {epoch} 轮：{value}</translation>
    </message>
    <message>
        <source>erased</source>
        <translation>擦除</translation>
    </message>
    <message>
        <source>error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>exchange dark and bright for the model</source>
        <translation>为模型交换明暗</translation>
    </message>
    <message>
        <source>exchange left and right on screen, or top and bottom</source>
        <translation>在屏幕上左右翻转或上下翻转</translation>
    </message>
    <message>
        <source>exchange the first two panes</source>
        <translation>交换前两个窗格</translation>
    </message>
    <message>
        <source>explain one of several findings, by its number or name, in strips and maps</source>
        <translation>按编号或名称选择一个征象，在条带和模型图中解释</translation>
    </message>
    <message>
        <source>extremity</source>
        <translation>四肢</translation>
    </message>
    <message>
        <source>f, forget</source>
        <translation>f，遗忘</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>未通过</translation>
    </message>
    <message>
        <source>failed its tests</source>
        <translation>未通过测试</translation>
    </message>
    <message>
        <source>failed its tests: a state, not importance</source>
        <translation>未通过测试：状态，不代表重要性</translation>
    </message>
    <message>
        <source>failed its tests: a state, not importance. {lesion}</source>
        <translation>未通过测试：状态，不代表重要性。{lesion}</translation>
    </message>
    <message>
        <source>fails</source>
        <translation>未通过</translation>
    </message>
    <message>
        <source>fill outlines, 0 to 1</source>
        <translation>填充轮廓，0 至 1</translation>
    </message>
    <message>
        <source>film that Influence starts from</source>
        <translation>影响图的基准影像</translation>
    </message>
    <message>
        <source>film upside down</source>
        <translation>上下颠倒的影像</translation>
    </message>
    <message>
        <source>films or folders</source>
        <translation>影像或文件夹</translation>
    </message>
    <message>
        <source>find a stretch elsewhere, by its first and last step; “none” follows the cursor</source>
        <translation>在他处搜索片段，给出首步和末步；“none”跟随光标</translation>
    </message>
    <message>
        <source>first row read</source>
        <translation>最先读取的行</translation>
    </message>
    <message>
        <source>first step</source>
        <translation>第一步</translation>
    </message>
    <message>
        <source>foot</source>
        <translation>足</translation>
    </message>
    <message>
        <source>forget what was opened last</source>
        <translation>清除最近打开的记录</translation>
    </message>
    <message>
        <source>found at 0.25 false ones a film</source>
        <translation>每幅影像 0.25 个假阳性时的检出率</translation>
    </message>
    <message>
        <source>found at 1/8 to 8 false ones a film</source>
        <translation>每幅影像 1/8 至 8 个假阳性时的检出率</translation>
    </message>
    <message>
        <source>frame {number} of {count}</source>
        <translation>第 {number} 帧，共 {count} 帧</translation>
    </message>
    <message>
        <source>full range</source>
        <translation>全范围</translation>
    </message>
    <message>
        <source>g, new</source>
        <translation>g，候选</translation>
    </message>
    <message>
        <source>gaps between images differ</source>
        <translation>图像间距不一致</translation>
    </message>
    <message>
        <source>give a command other keys; none takes them away, first gives the first back</source>
        <translation>为命令设置其他按键；none 取消，first 恢复默认</translation>
    </message>
    <message>
        <source>give a mark a name</source>
        <translation>为标记命名</translation>
    </message>
    <message>
        <source>go back to a try</source>
        <translation>回到某次尝试</translation>
    </message>
    <message>
        <source>hand</source>
        <translation>手</translation>
    </message>
    <message>
        <source>has marks, too</source>
        <translation>也有标记</translation>
    </message>
    <message>
        <source>head</source>
        <translation>头部</translation>
    </message>
    <message>
        <source>heart</source>
        <translation>心脏</translation>
    </message>
    <message>
        <source>held at their training means</source>
        <translation>保持为训练均值</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>已隐藏</translation>
    </message>
    <message>
        <source>hidden units, as 17,41,98</source>
        <translation>隐藏单元，例如 17,41,98</translation>
    </message>
    <message>
        <source>hidden until your call</source>
        <translation>在您作出判断前隐藏</translation>
    </message>
    <message>
        <source>hide answers until my own call</source>
        <translation>在我作出判断前隐藏结果</translation>
    </message>
    <message>
        <source>highest</source>
        <translation>最高</translation>
    </message>
    <message>
        <source>highest value {value}</source>
        <translation>最大值 {value}</translation>
    </message>
    <message>
        <source>hip</source>
        <translation>髋关节</translation>
    </message>
    <message>
        <source>holds {share}</source>
        <translation>占 {share}</translation>
    </message>
    <message>
        <source>horizon {step}</source>
        <translation>视界 {step}</translation>
    </message>
    <message>
        <source>i, input</source>
        <translation>i，输入</translation>
    </message>
    <message>
        <source>if reading stopped after step {step}:</source>
        <translation>若在第 {step} 步之后停止判读：</translation>
    </message>
    <message>
        <source>in each direction</source>
        <translation>每个方向</translation>
    </message>
    <message>
        <source>in patient</source>
        <translation>患者平面</translation>
    </message>
    <message>
        <source>in pixels: the file has no spacing that can be trusted</source>
        <translation>以像素表示：文件没有可信的像素间距</translation>
    </message>
    <message>
        <source>in {seconds:.2f} s on {device}</source>
        <translation>用时 {seconds:.2f} 秒，设备 {device}</translation>
    </message>
    <message>
        <source>index</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>index the films of the list</source>
        <translation>为列表中的影像建立索引</translation>
    </message>
    <message>
        <source>influence</source>
        <translation>影响</translation>
    </message>
    <message>
        <source>info</source>
        <translation>信息</translation>
    </message>
    <message>
        <source>integration leaves {residual}</source>
        <translation>积分余差 {residual}</translation>
    </message>
    <message>
        <source>interval {ends}</source>
        <translation>区间 {ends}</translation>
    </message>
    <message>
        <source>inverted</source>
        <translation>已反相</translation>
    </message>
    <message>
        <source>is being measured …</source>
        <translation>正在测量…</translation>
    </message>
    <message>
        <source>it asks a question, and nobody is there to answer.</source>
        <translation>它会询问，而此时无人应答。</translation>
    </message>
    <message>
        <source>it has other parts than rules</source>
        <translation>它含有规则以外的部分</translation>
    </message>
    <message>
        <source>it is {names}.</source>
        <translation>只能是 {names}。</translation>
    </message>
    <message>
        <source>it names more panes than its layout has</source>
        <translation>它指定的窗格多于布局中的窗格</translation>
    </message>
    <message>
        <source>its mean</source>
        <translation>其均值</translation>
    </message>
    <message>
        <source>its storage</source>
        <translation>其存储设备</translation>
    </message>
    <message>
        <source>keep what is tried</source>
        <translation>保留当前尝试</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>kept + written = the state {state} after this step; kept + erased = before it.</source>
        <translation>保留 + 写入 = 此步之后的状态 {state}；保留 + 擦除 = 此步之前的状态。</translation>
    </message>
    <message>
        <source>knee</source>
        <translation>膝关节</translation>
    </message>
    <message>
        <source>largest</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>largest first</source>
        <translation>最大的在前</translation>
    </message>
    <message>
        <source>largest singular value {value}</source>
        <translation>最大奇异值 {value}</translation>
    </message>
    <message>
        <source>largest weight {value}</source>
        <translation>最大权重 {value}</translation>
    </message>
    <message>
        <source>last</source>
        <translation>最后</translation>
    </message>
    <message>
        <source>last step</source>
        <translation>最后一步</translation>
    </message>
    <message>
        <source>lay Influence by row and column over the film, or by row alone</source>
        <translation>在影像上叠加按行和列的影响，或仅按行</translation>
    </message>
    <message>
        <source>lay a map over the film, or none</source>
        <translation>在影像上叠加模型图，或不叠加</translation>
    </message>
    <message>
        <source>lay films out by the hanging rules</source>
        <translation>按挂片规则排列影像</translation>
    </message>
    <message>
        <source>lay row states out in another plane</source>
        <translation>用另一平面排布各行状态</translation>
    </message>
    <message>
        <source>lay the films out by a hanging rule</source>
        <translation>按挂片规则排列影像</translation>
    </message>
    <message>
        <source>lay the magnifier on a place of the film</source>
        <translation>将放大镜放到影像某处</translation>
    </message>
    <message>
        <source>lay what is left of each row over the film</source>
        <translation>在影像上叠加每一行的留存</translation>
    </message>
    <message>
        <source>lay what the model saw over the film</source>
        <translation>在影像上叠加模型所见</translation>
    </message>
    <message>
        <source>layer {number}</source>
        <translation>第 {number} 层</translation>
    </message>
    <message>
        <source>layer {number} downwards</source>
        <translation>第 {number} 层，向下</translation>
    </message>
    <message>
        <source>layer {number} upwards</source>
        <translation>第 {number} 层，向上</translation>
    </message>
    <message>
        <source>left</source>
        <translation>左</translation>
    </message>
    <message>
        <source>left edge</source>
        <translation>左边缘</translation>
    </message>
    <message>
        <source>left to right</source>
        <translation>自左向右</translation>
    </message>
    <message>
        <source>leg</source>
        <translation>下肢</translation>
    </message>
    <message>
        <source>less than 0.000001</source>
        <translation>&lt;0.000001</translation>
    </message>
    <message>
        <source>less than 1 %</source>
        <translation>不到 1 %</translation>
    </message>
    <message>
        <source>let Influence start from another film</source>
        <translation>更换影响图的基准影像</translation>
    </message>
    <message>
        <source>let a second model read the film, too</source>
        <translation>让第二个模型也判读此影像</translation>
    </message>
    <message>
        <source>let enlarged pixels run into each other, or show each as one square</source>
        <translation>平滑放大的像素，或将每个像素显示为一个方块</translation>
    </message>
    <message>
        <source>let the model read all images of the series on screen</source>
        <translation>让模型判读当前序列的全部图像</translation>
    </message>
    <message>
        <source>let the units stand in another order</source>
        <translation>更改单元的排列顺序</translation>
    </message>
    <message>
        <source>let time pass</source>
        <translation>等待一段时间</translation>
    </message>
    <message>
        <source>light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>link the panes in this, or no more</source>
        <translation>在此项上联动窗格，或取消联动</translation>
    </message>
    <message>
        <source>list all films again</source>
        <translation>重新列出全部影像</translation>
    </message>
    <message>
        <source>list it as JSON</source>
        <translation>以 JSON 格式列出</translation>
    </message>
    <message>
        <source>list only some of the films</source>
        <translation>只列出部分影像</translation>
    </message>
    <message>
        <source>list only what all these words are found in</source>
        <translation>只列出包含所有这些词语的影像</translation>
    </message>
    <message>
        <source>list the films inside a line in the plane</source>
        <translation>列出平面上套索内的影像</translation>
    </message>
    <message>
        <source>list what --do understands, and leave</source>
        <translation>列出 --do 可用的命令后退出</translation>
    </message>
    <message>
        <source>list what was opened last</source>
        <translation>列出最近打开的内容</translation>
    </message>
    <message>
        <source>list what was said so far</source>
        <translation>列出到目前为止的消息</translation>
    </message>
    <message>
        <source>log-odds {before} → {after}</source>
        <translation>对数几率 {before} → {after}</translation>
    </message>
    <message>
        <source>log-odds; the steps sum to the difference</source>
        <translation>对数几率；各步之和等于差值</translation>
    </message>
    <message>
        <source>lowest</source>
        <translation>最低</translation>
    </message>
    <message>
        <source>lowest value {value}</source>
        <translation>最小值 {value}</translation>
    </message>
    <message>
        <source>lspine</source>
        <translation>腰椎</translation>
    </message>
    <message>
        <source>luminance at column {column}, row {row}</source>
        <translation>列 {column}，行 {row} 处的亮度</translation>
    </message>
    <message>
        <source>m</source>
        <translation>个月</translation>
    </message>
    <message>
        <source>make a pane the active one</source>
        <translation>激活某个窗格</translation>
    </message>
    <message>
        <source>make the next pane active</source>
        <translation>激活下一个窗格</translation>
    </message>
    <message>
        <source>map over the film</source>
        <translation>影像上的模型图</translation>
    </message>
    <message>
        <source>marks of the same name stand together; saved as they are made</source>
        <translation>同名标记排在一起；随做随存</translation>
    </message>
    <message>
        <source>mean film</source>
        <translation>平均影像</translation>
    </message>
    <message>
        <source>mean {mean}, σ {std} over {films:,} films; this film {value}</source>
        <translation>{films:,} 幅影像的均值 {mean}，σ {std}；本影像 {value}</translation>
    </message>
    <message>
        <source>mean {value}</source>
        <translation>均值 {value}</translation>
    </message>
    <message>
        <source>mean ± SD of luminance</source>
        <translation>亮度均值 ± 标准差</translation>
    </message>
    <message>
        <source>mean ± SD of modality values</source>
        <translation>模态值均值 ± 标准差</translation>
    </message>
    <message>
        <source>mean ± SD of stored values</source>
        <translation>存储值均值 ± 标准差</translation>
    </message>
    <message>
        <source>measure an angle at the second place</source>
        <translation>测量以第二点为顶点的角度</translation>
    </message>
    <message>
        <source>measure from one place to another, in stored pixels</source>
        <translation>测量两点间的长度，以存储像素给出位置</translation>
    </message>
    <message>
        <source>measure in a rectangle, by two corners</source>
        <translation>在矩形内测量，给出两个角</translation>
    </message>
    <message>
        <source>measure in an ellipse, by two corners around it</source>
        <translation>在椭圆内测量，给出外接框的两个角</translation>
    </message>
    <message>
        <source>measure the angle between two lines</source>
        <translation>测量两条线之间的角度</translation>
    </message>
    <message>
        <source>measure within an outline</source>
        <translation>在轮廓内测量</translation>
    </message>
    <message>
        <source>mirrored</source>
        <translation>已左右翻转</translation>
    </message>
    <message>
        <source>mirrored top to bottom</source>
        <translation>已上下翻转</translation>
    </message>
    <message>
        <source>modality value = pixel × {slope} + {intercept}</source>
        <translation>模态值 = 像素 × {slope} + {intercept}</translation>
    </message>
    <message>
        <source>modality value at column {column}, row {row}</source>
        <translation>列 {column}，行 {row} 处的模态值</translation>
    </message>
    <message>
        <source>model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>model row {row}: {value}</source>
        <translation>模型行 {row}：{value}</translation>
    </message>
    <message>
        <source>model rows</source>
        <translation>模型行</translation>
    </message>
    <message>
        <source>model, answer</source>
        <translation>模型，结果</translation>
    </message>
    <message>
        <source>model, state</source>
        <translation>模型，状态</translation>
    </message>
    <message>
        <source>modulus {value}</source>
        <translation>模 {value}</translation>
    </message>
    <message>
        <source>more than 99 %</source>
        <translation>99 % 以上</translation>
    </message>
    <message>
        <source>move the film by pixels of the pane</source>
        <translation>按窗格像素移动影像</translation>
    </message>
    <message>
        <source>move the film down and right, in model rows and columns</source>
        <translation>向下、向右移动影像，以模型的行和列计</translation>
    </message>
    <message>
        <source>n, new</source>
        <translation>n，候选</translation>
    </message>
    <message>
        <source>name of the model to read with, or folder</source>
        <translation>用于判读的模型的名称或文件夹</translation>
    </message>
    <message>
        <source>neck</source>
        <translation>颈部</translation>
    </message>
    <message>
        <source>neighbouring rows</source>
        <translation>相邻行</translation>
    </message>
    <message>
        <source>no film is open.</source>
        <translation>没有打开的影像。</translation>
    </message>
    <message>
        <source>no model reads yet.</source>
        <translation>尚无模型进行判读。</translation>
    </message>
    <message>
        <source>no network is open on this film: show it in Inspect first.</source>
        <translation>此影像上没有打开的网络：请先在“探查”中显示它。</translation>
    </message>
    <message>
        <source>no other model “{name}” is in the list; open it first.</source>
        <translation>列表中没有其他名为“{name}”的模型；请先打开它。</translation>
    </message>
    <message>
        <source>no pixel spacing</source>
        <translation>无像素间距</translation>
    </message>
    <message>
        <source>no series is on screen.</source>
        <translation>当前未显示序列。</translation>
    </message>
    <message>
        <source>no such film</source>
        <translation>没有此类影像</translation>
    </message>
    <message>
        <source>no unit is chosen on a film that the model has read.</source>
        <translation>在模型已判读的影像上没有选择单元。</translation>
    </message>
    <message>
        <source>no unit is chosen: these are the strongest at this step</source>
        <translation>未选择单元：此处为此步最强的单元</translation>
    </message>
    <message>
        <source>no weights</source>
        <translation>无权重</translation>
    </message>
    <message>
        <source>nobody measured it</source>
        <translation>未测量</translation>
    </message>
    <message>
        <source>nobody tried whether a network of random weights makes another map</source>
        <translation>未测试随机权重的网络是否得出不同的图</translation>
    </message>
    <message>
        <source>nobody tried whether the answer rests on the rows that it marks</source>
        <translation>未测试结果是否依据它所标记的行</translation>
    </message>
    <message>
        <source>noise</source>
        <translation>噪声</translation>
    </message>
    <message>
        <source>noise, 20 draws</source>
        <translation>噪声，抽取 20 次</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>norm {value}</source>
        <translation>范数 {value}</translation>
    </message>
    <message>
        <source>not a lesion&apos;s outline</source>
        <translation>不是病灶的轮廓</translation>
    </message>
    <message>
        <source>not an outline</source>
        <translation>不是轮廓</translation>
    </message>
    <message>
        <source>not asked</source>
        <translation>未检查</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>未检查</translation>
    </message>
    <message>
        <source>not found calibrated</source>
        <translation>未证实已校准</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>未测量</translation>
    </message>
    <message>
        <source>not proven</source>
        <translation>未证实</translation>
    </message>
    <message>
        <source>not read yet</source>
        <translation>尚未判读</translation>
    </message>
    <message>
        <source>not said</source>
        <translation>未说明</translation>
    </message>
    <message>
        <source>not saved: lost when the program ends</source>
        <translation>未保存：程序结束时丢失</translation>
    </message>
    <message>
        <source>not tested</source>
        <translation>未测试</translation>
    </message>
    <message>
        <source>not tested for this model: a state, not importance</source>
        <translation>未对此模型测试：状态，不代表重要性</translation>
    </message>
    <message>
        <source>not tested for this model: a state, not importance. {lesion}</source>
        <translation>未对此模型测试：状态，不代表重要性。{lesion}</translation>
    </message>
    <message>
        <source>not tested: a state, not importance</source>
        <translation>未测试：状态，不代表重要性</translation>
    </message>
    <message>
        <source>nothing changed</source>
        <translation>未更改</translation>
    </message>
    <message>
        <source>nothing forgotten</source>
        <translation>没有遗忘</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>o, output</source>
        <translation>o，输出</translation>
    </message>
    <message>
        <source>of all {count} units off by at most {error}</source>
        <translation>全部 {count} 个单元的误差不超过 {error}</translation>
    </message>
    <message>
        <source>of the screen</source>
        <translation>按屏幕</translation>
    </message>
    <message>
        <source>of the window</source>
        <translation>窗口大小</translation>
    </message>
    <message>
        <source>of this network is shown {names}.</source>
        <translation>此网络可显示 {names}。</translation>
    </message>
    <message>
        <source>on the films that the threshold was chosen on</source>
        <translation>在用于选定阈值的影像上</translation>
    </message>
    <message>
        <source>on this film</source>
        <translation>在此影像上</translation>
    </message>
    <message>
        <source>one colour a film</source>
        <translation>每幅影像一种颜色</translation>
    </message>
    <message>
        <source>one grey</source>
        <translation>单一灰度</translation>
    </message>
    <message>
        <source>only nearness counts</source>
        <translation>只有远近有含义</translation>
    </message>
    <message>
        <source>open a file, a folder or a model; read it anew if it is open</source>
        <translation>打开文件、文件夹或模型；已打开的重新读取</translation>
    </message>
    <message>
        <source>open a film that was found, from 1</source>
        <translation>打开找到的一幅影像，从 1 开始计数</translation>
    </message>
    <message>
        <source>open an index of states</source>
        <translation>打开状态的索引</translation>
    </message>
    <message>
        <source>open the demo study</source>
        <translation>打开演示检查</translation>
    </message>
    <message>
        <source>open the dialog for exports</source>
        <translation>打开导出对话框</translation>
    </message>
    <message>
        <source>open the dialog for keys</source>
        <translation>打开按键对话框</translation>
    </message>
    <message>
        <source>open the dialog for settings</source>
        <translation>打开设置对话框</translation>
    </message>
    <message>
        <source>open the window without a display, save it when all is read, and leave</source>
        <translation>不显示窗口，全部判读后保存窗口图像并退出</translation>
    </message>
    <message>
        <source>optional</source>
        <translation>可不填</translation>
    </message>
    <message>
        <source>other film</source>
        <translation>另一影像</translation>
    </message>
    <message>
        <source>outline</source>
        <translation>轮廓</translation>
    </message>
    <message>
        <source>outline: as read</source>
        <translation>轮廓线：原样</translation>
    </message>
    <message>
        <source>output {row} ← input {column}: {value}</source>
        <translation>输出 {row} ← 输入 {column}：{value}</translation>
    </message>
    <message>
        <source>over {rows}</source>
        <translation>超过 {rows}</translation>
    </message>
    <message>
        <source>overlay {name}</source>
        <translation>叠加层 {name}</translation>
    </message>
    <message>
        <source>overlay {name}, hidden</source>
        <translation>叠加层 {name}，已隐藏</translation>
    </message>
    <message>
        <source>padding</source>
        <translation>填充</translation>
    </message>
    <message>
        <source>padding ({value})</source>
        <translation>填充 ({value})</translation>
    </message>
    <message>
        <source>pan</source>
        <translation>平移</translation>
    </message>
    <message>
        <source>part of it lies beside the film</source>
        <translation>部分区域位于影像之外</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>passes</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>peak inside a reader&apos;s box</source>
        <translation>峰值在阅片者的方框内</translation>
    </message>
    <message>
        <source>peak step</source>
        <translation>峰值步</translation>
    </message>
    <message>
        <source>pelvis</source>
        <translation>骨盆</translation>
    </message>
    <message>
        <source>percentile</source>
        <translation>百分位</translation>
    </message>
    <message>
        <source>percentile among the same row of validation films; not importance</source>
        <translation>在验证集影像同一行中的百分位；不代表重要性</translation>
    </message>
    <message>
        <source>percentile among validation films; not importance</source>
        <translation>在验证集影像中的百分位；不代表重要性</translation>
    </message>
    <message>
        <source>picture of all films</source>
        <translation>全部影像的图片</translation>
    </message>
    <message>
        <source>picture of this film</source>
        <translation>此影像的图片</translation>
    </message>
    <message>
        <source>placed</source>
        <translation>已放置</translation>
    </message>
    <message>
        <source>play so many frames a second</source>
        <translation>每秒播放的帧数</translation>
    </message>
    <message>
        <source>play the frames, over and over</source>
        <translation>循环播放各帧</translation>
    </message>
    <message>
        <source>point at a place, from another one, with words</source>
        <translation>用箭头从一点指向另一点，并附文字</translation>
    </message>
    <message>
        <source>points at</source>
        <translation>指向</translation>
    </message>
    <message>
        <source>presentation {name}</source>
        <translation>显示状态 {name}</translation>
    </message>
    <message>
        <source>print into a file</source>
        <translation>打印到文件</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>put the Python that makes a pane’s numbers on the clipboard</source>
        <translation>将生成窗格数值的 Python 复制到剪贴板</translation>
    </message>
    <message>
        <source>put the picture of the film on the clipboard</source>
        <translation>将影像的图片复制到剪贴板</translation>
    </message>
    <message>
        <source>put the row cursor on a step</source>
        <translation>将行光标移到某一步</translation>
    </message>
    <message>
        <source>put the row cursor on a stored row</source>
        <translation>将行光标移到某一存储行</translation>
    </message>
    <message>
        <source>put the threshold elsewhere, or back to the model&apos;s</source>
        <translation>移动阈值，或恢复模型的阈值</translation>
    </message>
    <message>
        <source>put the threshold of a finding elsewhere, or as the model came</source>
        <translation>更改一个征象的阈值，或恢复模型原值</translation>
    </message>
    <message>
        <source>put the worklist in another order</source>
        <translation>更改检查列表的排序</translation>
    </message>
    <message>
        <source>r, reset</source>
        <translation>r，重置</translation>
    </message>
    <message>
        <source>random group, mean of {count}</source>
        <translation>随机单元组，{count} 次的均值</translation>
    </message>
    <message>
        <source>random unit, mean of {count}</source>
        <translation>随机单元，{count} 个的均值</translation>
    </message>
    <message>
        <source>raw</source>
        <translation>原始值</translation>
    </message>
    <message>
        <source>raw hidden state; a state, not importance</source>
        <translation>原始隐藏状态；状态，不代表重要性</translation>
    </message>
    <message>
        <source>read as</source>
        <translation>读作</translation>
    </message>
    <message>
        <source>read no more films of the list</source>
        <translation>不再判读列表中的影像</translation>
    </message>
    <message>
        <source>read no more images of series</source>
        <translation>不再判读序列的图像</translation>
    </message>
    <message>
        <source>read the film in all four directions</source>
        <translation>按全部四个方向读取影像</translation>
    </message>
    <message>
        <source>read the film without the chosen units: on, off; zero or mean is read instead</source>
        <translation>没有所选单元时判读影像：on、off；zero 或 mean 为替代的读数</translation>
    </message>
    <message>
        <source>read with a model, by name or folder</source>
        <translation>用指定名称或文件夹的模型判读</translation>
    </message>
    <message>
        <source>read with the model that fits the film</source>
        <translation>用适合该影像的模型判读</translation>
    </message>
    <message>
        <source>reading</source>
        <translation>判读</translation>
    </message>
    <message>
        <source>reading {read} of {count}</source>
        <translation>正在判读 {read} / {count}</translation>
    </message>
    <message>
        <source>real part; upwards the imaginary part</source>
        <translation>实部；向上为虚部</translation>
    </message>
    <message>
        <source>record my call: present, absent or unsure, 50 to 100</source>
        <translation>记录我的判断：present、absent 或 unsure，50 到 100</translation>
    </message>
    <message>
        <source>recorded {time} UTC, {seen}</source>
        <translation>记录于 {time} UTC，{seen}</translation>
    </message>
    <message>
        <source>red {red}, green {green}, blue {blue}</source>
        <translation>红 {red}，绿 {green}，蓝 {blue}</translation>
    </message>
    <message>
        <source>redo the try</source>
        <translation>重做尝试</translation>
    </message>
    <message>
        <source>reference point at column {column}, row {row}</source>
        <translation>参考点位于列 {column}，行 {row}</translation>
    </message>
    <message>
        <source>right</source>
        <translation>右</translation>
    </message>
    <message>
        <source>right edge</source>
        <translation>右边缘</translation>
    </message>
    <message>
        <source>right to left</source>
        <translation>自右向左</translation>
    </message>
    <message>
        <source>rotate the film on screen, clockwise</source>
        <translation>在屏幕上顺时针旋转影像</translation>
    </message>
    <message>
        <source>row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>rows above this step</source>
        <translation>此步以上的各行</translation>
    </message>
    <message>
        <source>rows back</source>
        <translation>往回的行数</translation>
    </message>
    <message>
        <source>rows of {film}</source>
        <translation>{film} 的行</translation>
    </message>
    <message>
        <source>rows until 1 %</source>
        <translation>至 1 % 的行数</translation>
    </message>
    <message>
        <source>rule {name}: {why}</source>
        <translation>规则 {name}：{why}</translation>
    </message>
    <message>
        <source>saved as they are made</source>
        <translation>随做随存</translation>
    </message>
    <message>
        <source>say everything about one block of the model, such as recurrent.0</source>
        <translation>说明模型某一模块的全部内容，例如 recurrent.0</translation>
    </message>
    <message>
        <source>say one of {names}.</source>
        <translation>只能是 {names}。</translation>
    </message>
    <message>
        <source>say the value of a pixel</source>
        <translation>给出某个像素的值</translation>
    </message>
    <message>
        <source>say whose calls these are</source>
        <translation>说明这些判断由谁作出</translation>
    </message>
    <message>
        <source>screen pixels for each stored pixel</source>
        <translation>每个存储像素对应的屏幕像素数</translation>
    </message>
    <message>
        <source>scroll</source>
        <translation>翻页</translation>
    </message>
    <message>
        <source>scrolls</source>
        <translation>翻页</translation>
    </message>
    <message>
        <source>seen by the model, {rows} × {columns}</source>
        <translation>模型所见，{rows} × {columns}</translation>
    </message>
    <message>
        <source>seen, {rows} × {columns}</source>
        <translation>所见，{rows} × {columns}</translation>
    </message>
    <message>
        <source>sensitivity {sensitivity:.2f}, specificity {specificity:.2f}; {films}</source>
        <translation>灵敏度 {sensitivity:.2f}，特异度 {specificity:.2f}；{films}</translation>
    </message>
    <message>
        <source>set a reference point, by which films are linked</source>
        <translation>设置参考点，影像按参考点联动</translation>
    </message>
    <message>
        <source>shifted by {rows} and {columns}</source>
        <translation>下移 {rows}、右移 {columns}</translation>
    </message>
    <message>
        <source>shoulder</source>
        <translation>肩关节</translation>
    </message>
    <message>
        <source>show a centimetre as a centimetre</source>
        <translation>按实际大小显示：一厘米就是一厘米</translation>
    </message>
    <message>
        <source>show a frame, counted from 1</source>
        <translation>显示某一帧，从 1 开始计数</translation>
    </message>
    <message>
        <source>show a gate of the network in map and strip</source>
        <translation>在模型图和条带中显示网络的一个门</translation>
    </message>
    <message>
        <source>show a page at the right</source>
        <translation>显示右侧的某一页</translation>
    </message>
    <message>
        <source>show a page beneath the film</source>
        <translation>显示影像下方的某一页</translation>
    </message>
    <message>
        <source>show a series of the list in a pane, both counted from 1</source>
        <translation>在某个窗格显示列表中的某一序列，均从 1 开始计数</translation>
    </message>
    <message>
        <source>show all keys</source>
        <translation>显示全部按键</translation>
    </message>
    <message>
        <source>show an entry of the list, counted from 1, where it was left</source>
        <translation>显示列表中的某一项，从 1 开始计数，回到上次的位置</translation>
    </message>
    <message>
        <source>show another layer, counted from 1, and direction</source>
        <translation>显示另一层及其方向，层从 1 开始计数</translation>
    </message>
    <message>
        <source>show another workspace</source>
        <translation>切换工作区</translation>
    </message>
    <message>
        <source>show every word in another language</source>
        <translation>更换界面语言</translation>
    </message>
    <message>
        <source>show h, c, a gate by its letter, memory or surprise in map and strip</source>
        <translation>在模型图和条带中显示 h、c、以字母表示的门、memory 或 surprise</translation>
    </message>
    <message>
        <source>show in Inspect what the model makes of another film, beside this one</source>
        <translation>在探查中显示模型对另一影像的判读，与本影像并列</translation>
    </message>
    <message>
        <source>show it smaller</source>
        <translation>缩小影像</translation>
    </message>
    <message>
        <source>show one matrix of the model, or its part for one gate</source>
        <translation>显示模型的一个矩阵，或其中一个门的部分</translation>
    </message>
    <message>
        <source>show one stored pixel on each pixel of the screen</source>
        <translation>每个存储像素对应一个屏幕像素</translation>
    </message>
    <message>
        <source>show or hide the worklist</source>
        <translation>显示或隐藏检查列表</translation>
    </message>
    <message>
        <source>show or hide what the file lays over the film</source>
        <translation>显示或隐藏文件叠加在影像上的内容</translation>
    </message>
    <message>
        <source>show or hide where films of other panes cut a film</source>
        <translation>显示或隐藏其他窗格影像的定位线</translation>
    </message>
    <message>
        <source>show so many panes</source>
        <translation>设置窗格数</translation>
    </message>
    <message>
        <source>show the active pane alone, or all of them again</source>
        <translation>仅显示活动窗格，或恢复全部窗格</translation>
    </message>
    <message>
        <source>show the demo study by itself, until somebody touches it; nothing is kept</source>
        <translation>自动展示演示检查，直到有人操作；不保存任何内容</translation>
    </message>
    <message>
        <source>show the film as a presentation state does, from 1; 0 is as stored</source>
        <translation>按显示状态显示影像，从 1 开始；0 为按存储</translation>
    </message>
    <message>
        <source>show the film as when it was opened</source>
        <translation>将影像恢复到刚打开时的样子</translation>
    </message>
    <message>
        <source>show the film before</source>
        <translation>显示上一幅影像</translation>
    </message>
    <message>
        <source>show the film from its smallest to its greatest value</source>
        <translation>按最小值到最大值显示影像</translation>
    </message>
    <message>
        <source>show the film larger</source>
        <translation>放大影像</translation>
    </message>
    <message>
        <source>show the film with a window of its menu, by its name or place</source>
        <translation>按名称或序号使用菜单中的窗宽/窗位</translation>
    </message>
    <message>
        <source>show the film with a window of modality values</source>
        <translation>按模态值的窗宽/窗位显示影像</translation>
    </message>
    <message>
        <source>show the film with the automatic window</source>
        <translation>使用自动窗宽/窗位</translation>
    </message>
    <message>
        <source>show the film with the best window for a box</source>
        <translation>使用框选区域的最佳窗宽/窗位</translation>
    </message>
    <message>
        <source>show the first frame</source>
        <translation>显示第一帧</translation>
    </message>
    <message>
        <source>show the frame before</source>
        <translation>显示上一帧</translation>
    </message>
    <message>
        <source>show the guide</source>
        <translation>显示指南</translation>
    </message>
    <message>
        <source>show the hidden state against its mean</source>
        <translation>显示隐藏状态与其均值的偏差</translation>
    </message>
    <message>
        <source>show the last frame</source>
        <translation>显示最后一帧</translation>
    </message>
    <message>
        <source>show the last prior of the same kind beside the film; with a model: compare it in Inspect with the one that reads</source>
        <translation>在影像旁显示最近的同类既往影像；给出模型时：在探查中将其与判读所用的模型对比</translation>
    </message>
    <message>
        <source>show the model: architecture, weights, training, audit or card</source>
        <translation>显示模型：结构、权重、训练、审核或模型卡</translation>
    </message>
    <message>
        <source>show the next film of the list</source>
        <translation>显示列表中的下一幅影像</translation>
    </message>
    <message>
        <source>show the next frame</source>
        <translation>显示下一帧</translation>
    </message>
    <message>
        <source>show the tour in a window</source>
        <translation>在窗口中显示导览</translation>
    </message>
    <message>
        <source>show the whole film</source>
        <translation>显示整幅影像</translation>
    </message>
    <message>
        <source>show the window in other colours</source>
        <translation>更换窗口的颜色主题</translation>
    </message>
    <message>
        <source>show what stands in the header of the file</source>
        <translation>显示文件头的内容</translation>
    </message>
    <message>
        <source>shown</source>
        <translation>已显示</translation>
    </message>
    <message>
        <source>shown as grey {grey} of 255</source>
        <translation>显示灰度 {grey}/255</translation>
    </message>
    <message>
        <source>shutter</source>
        <translation>遮光器</translation>
    </message>
    <message>
        <source>shutter, open</source>
        <translation>遮光器，已打开</translation>
    </message>
    <message>
        <source>similarity</source>
        <translation>相似性</translation>
    </message>
    <message>
        <source>skull</source>
        <translation>颅骨</translation>
    </message>
    <message>
        <source>smooth enlarged pixels</source>
        <translation>平滑放大的像素</translation>
    </message>
    <message>
        <source>spine</source>
        <translation>脊柱</translation>
    </message>
    <message>
        <source>standard deviation {value}</source>
        <translation>标准差 {value}</translation>
    </message>
    <message>
        <source>state</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>stay at the frame that is shown</source>
        <translation>停在当前帧</translation>
    </message>
    <message>
        <source>stay with the film that is shown</source>
        <translation>停留在当前显示的影像</translation>
    </message>
    <message>
        <source>step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>step {step}</source>
        <translation>第 {step} 步</translation>
    </message>
    <message>
        <source>step {step} · {name} {before} → {after}</source>
        <translation>第 {step} 步 · {name} {before} → {after}</translation>
    </message>
    <message>
        <source>step {step}: its influence changed by {value}</source>
        <translation>第 {step} 步：其影响改变 {value}</translation>
    </message>
    <message>
        <source>step {step}: up to {moved}</source>
        <translation>第 {step} 步：最多 {moved}</translation>
    </message>
    <message>
        <source>step {step}: {share} of the final state</source>
        <translation>第 {step} 步：占最终状态 {share}</translation>
    </message>
    <message>
        <source>step {step}: {value}</source>
        <translation>第 {step} 步：{value}</translation>
    </message>
    <message>
        <source>step {step}: {value} ({sigma})</source>
        <translation>第 {step} 步：{value} ({sigma})</translation>
    </message>
    <message>
        <source>step {step}: {value} log-odds more than the other one</source>
        <translation>第 {step} 步：比另一方多 {value} 对数几率</translation>
    </message>
    <message>
        <source>step {step}: {value} log-odds, away from {name}</source>
        <translation>第 {step} 步：{value} 对数几率，背离{name}</translation>
    </message>
    <message>
        <source>step {step}: {value} log-odds, towards {name}</source>
        <translation>第 {step} 步：{value} 对数几率，倾向{name}</translation>
    </message>
    <message>
        <source>steps go from 0 to {last}.</source>
        <translation>步为 0 到 {last}。</translation>
    </message>
    <message>
        <source>steps {first}–{last}</source>
        <translation>第 {first}–{last} 步</translation>
    </message>
    <message>
        <source>stop comparing in Inspect</source>
        <translation>在探查中停止对比</translation>
    </message>
    <message>
        <source>stored columns {first:.0f}–{last:.0f}: {value} log-odds</source>
        <translation>存储列 {first:.0f}–{last:.0f}：{value} 对数几率</translation>
    </message>
    <message>
        <source>stored row for the row cursor</source>
        <translation>行光标所在的存储行</translation>
    </message>
    <message>
        <source>stored row {row}</source>
        <translation>存储行 {row}</translation>
    </message>
    <message>
        <source>stored rows</source>
        <translation>存储行</translation>
    </message>
    <message>
        <source>stored value at column {column}, row {row}</source>
        <translation>列 {column}，行 {row} 处的存储值</translation>
    </message>
    <message>
        <source>stored {value}</source>
        <translation>存储值 {value}</translation>
    </message>
    <message>
        <source>stored, one row</source>
        <translation>存储，一行</translation>
    </message>
    <message>
        <source>stored, {count} rows</source>
        <translation>存储，{count} 行</translation>
    </message>
    <message>
        <source>strong: mean of the group, in σ; band: ±&#xa0;1&#xa0;σ</source>
        <translation>粗线：组均值，以 σ 计；带：± 1 σ</translation>
    </message>
    <message>
        <source>surprise, model row {row}</source>
        <translation>意外度，模型行 {row}</translation>
    </message>
    <message>
        <source>swap black and white</source>
        <translation>黑白互换</translation>
    </message>
    <message>
        <source>switched off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>take a file, or the files of a folder, out of the list</source>
        <translation>从列表中移除某个文件或文件夹中的文件</translation>
    </message>
    <message>
        <source>take a mark away</source>
        <translation>删除标记</translation>
    </message>
    <message>
        <source>take all marks of the film away</source>
        <translation>删除影像的全部标记</translation>
    </message>
    <message>
        <source>take another tool into the hand</source>
        <translation>换用另一工具</translation>
    </message>
    <message>
        <source>take the film that is shown out of the list</source>
        <translation>从列表中移除当前显示的影像</translation>
    </message>
    <message>
        <source>take the last gesture back</source>
        <translation>撤销上一步操作</translation>
    </message>
    <message>
        <source>take the magnifier off</source>
        <translation>移除放大镜</translation>
    </message>
    <message>
        <source>take the truth of the films from a table</source>
        <translation>从表格读取影像的真实类别</translation>
    </message>
    <message>
        <source>text was expected instead of {value}</source>
        <translation>应为文字，而不是 {value}</translation>
    </message>
    <message>
        <source>the answer is hidden until your own call</source>
        <translation>结果在您作出判断前隐藏</translation>
    </message>
    <message>
        <source>the answer to that film waits for your own call.</source>
        <translation>该影像的结果在您作出判断后显示。</translation>
    </message>
    <message>
        <source>the blocks are {names}.</source>
        <translation>模块有 {names}。</translation>
    </message>
    <message>
        <source>the call could not be kept.</source>
        <translation>无法保存判断。</translation>
    </message>
    <message>
        <source>the film has no column {column}, row {row}.</source>
        <translation>影像没有列 {column}、行 {row}。</translation>
    </message>
    <message>
        <source>the film has one frame only.</source>
        <translation>影像只有一帧。</translation>
    </message>
    <message>
        <source>the film has steps 0 to {last}.</source>
        <translation>此影像的步为 0 到 {last}。</translation>
    </message>
    <message numerus="yes">
        <source>the list has %n entries.</source>
        <translation>
            <numerusform>列表有 %n 项。</numerusform>
        </translation>
    </message>
    <message>
        <source>the matrices are {names}.</source>
        <translation>矩阵有 {names}。</translation>
    </message>
    <message>
        <source>the model&apos;s probability</source>
        <translation>模型的概率</translation>
    </message>
    <message>
        <source>the model&apos;s probability; its test did not find it calibrated</source>
        <translation>模型的概率；测试未证实其已校准</translation>
    </message>
    <message>
        <source>the model&apos;s probability; whether it is calibrated was not tested</source>
        <translation>模型的概率；是否校准未经测试</translation>
    </message>
    <message>
        <source>the same as its entry in a menu</source>
        <translation>与菜单中的同名命令相同</translation>
    </message>
    <message>
        <source>the same with a pixel for each stored one</source>
        <translation>同上，每个存储像素对应一个像素</translation>
    </message>
    <message>
        <source>the strongest at this step</source>
        <translation>此步最强的单元</translation>
    </message>
    <message>
        <source>the threshold of this model cannot be moved.</source>
        <translation>此模型的阈值不能移动。</translation>
    </message>
    <message>
        <source>the window of the model is not open.</source>
        <translation>模型窗口未打开。</translation>
    </message>
    <message>
        <source>the windows of this film are {names}.</source>
        <translation>此影像可用的窗为 {names}。</translation>
    </message>
    <message numerus="yes">
        <source>there are %n panes.</source>
        <translation>
            <numerusform>共有 %n 个窗格。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>there are %n series in the list.</source>
        <translation>
            <numerusform>列表中共有 %n 个序列。</numerusform>
        </translation>
    </message>
    <message>
        <source>there are tries 0 to {last}.</source>
        <translation>尝试为 0 到 {last}。</translation>
    </message>
    <message>
        <source>there is no call to add to.</source>
        <translation>没有可追加意见的判断。</translation>
    </message>
    <message>
        <source>there is no command with the code “{code}”.</source>
        <translation>没有代码为“{code}”的命令。</translation>
    </message>
    <message>
        <source>there is no film {path}.</source>
        <translation>没有影像 {path}。</translation>
    </message>
    <message>
        <source>there is no image in this box.</source>
        <translation>此框内没有图像。</translation>
    </message>
    <message>
        <source>there is no index of this model’s states.</source>
        <translation>没有此模型状态的索引。</translation>
    </message>
    <message>
        <source>there is no mark “{which}” on this film.</source>
        <translation>此影像上没有标记“{which}”。</translation>
    </message>
    <message>
        <source>there is no such place on a film.</source>
        <translation>影像上没有这样的位置。</translation>
    </message>
    <message>
        <source>there is none</source>
        <translation>没有</translation>
    </message>
    <message>
        <source>there is only one pane.</source>
        <translation>只有一个窗格。</translation>
    </message>
    <message>
        <source>this film</source>
        <translation>本影像</translation>
    </message>
    <message numerus="yes">
        <source>this film has %n findings.</source>
        <translation>
            <numerusform>本影像有 %n 个征象。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>this film has %n presentations; 0 is as stored.</source>
        <translation>
            <numerusform>此影像有 %n 个显示状态；0 为按存储。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>this film has %n regions.</source>
        <translation>
            <numerusform>本影像有 %n 个区域。</numerusform>
        </translation>
    </message>
    <message>
        <source>this index has no labels</source>
        <translation>此索引没有标签</translation>
    </message>
    <message>
        <source>this model</source>
        <translation>本模型</translation>
    </message>
    <message>
        <source>this model has no cut that can be moved.</source>
        <translation>此模型没有可移动的界值。</translation>
    </message>
    <message>
        <source>this model has units 0 to {last}; there is no unit {unit}.</source>
        <translation>此模型的单元为 0 到 {last}；没有单元 {unit}。</translation>
    </message>
    <message>
        <source>this model, answer</source>
        <translation>本模型，结果</translation>
    </message>
    <message>
        <source>this model, last state</source>
        <translation>本模型，最后状态</translation>
    </message>
    <message>
        <source>this network has no gates, or is not opened yet.</source>
        <translation>此网络没有门，或尚未打开。</translation>
    </message>
    <message>
        <source>this network reads in one direction.</source>
        <translation>此网络只朝一个方向读取。</translation>
    </message>
    <message>
        <source>thorax</source>
        <translation>胸廓</translation>
    </message>
    <message>
        <source>threshold {value}</source>
        <translation>阈值 {value}</translation>
    </message>
    <message>
        <source>ticks: {count} random ones; {below} move it less</source>
        <translation>刻度：{count} 个随机，{below} 个变化更小</translation>
    </message>
    <message>
        <source>too few to tell</source>
        <translation>数量太少，无法判断</translation>
    </message>
    <message>
        <source>top down</source>
        <translation>自上而下</translation>
    </message>
    <message>
        <source>top down, as trained</source>
        <translation>自上而下，同训练</translation>
    </message>
    <message>
        <source>towards {name}</source>
        <translation>倾向{name}</translation>
    </message>
    <message>
        <source>training</source>
        <translation>训练集</translation>
    </message>
    <message>
        <source>training films at this step: mean {mean}, σ {std}</source>
        <translation>训练集影像在此步：均值 {mean}，σ {std}</translation>
    </message>
    <message>
        <source>tspine</source>
        <translation>胸椎</translation>
    </message>
    <message>
        <source>turn the film for the model</source>
        <translation>为模型旋转影像</translation>
    </message>
    <message>
        <source>turned 180°</source>
        <translation>已旋转 180°</translation>
    </message>
    <message>
        <source>turned 270°</source>
        <translation>已旋转 270°</translation>
    </message>
    <message>
        <source>turned 90°</source>
        <translation>已旋转 90°</translation>
    </message>
    <message>
        <source>turned by {degrees}°</source>
        <translation>旋转 {degrees}°</translation>
    </message>
    <message>
        <source>under 0.01 %</source>
        <translation>&lt;0.01 %</translation>
    </message>
    <message>
        <source>under this model</source>
        <translation>由此模型判读</translation>
    </message>
    <message>
        <source>undo the last try</source>
        <translation>收回上次尝试</translation>
    </message>
    <message>
        <source>undone · {how}</source>
        <translation>已收回 · {how}</translation>
    </message>
    <message>
        <source>unit and gate, {when}; the strongest weights</source>
        <translation>单元和门，{when}；最强的权重</translation>
    </message>
    <message>
        <source>unit {unit} held at its mean</source>
        <translation>单元 {unit} 保持为均值</translation>
    </message>
    <message>
        <source>unit {unit} switched off</source>
        <translation>单元 {unit} 已关闭</translation>
    </message>
    <message>
        <source>unit {unit} {value}</source>
        <translation>单元 {unit} {value}</translation>
    </message>
    <message>
        <source>unit {unit}, step {step}: {value}</source>
        <translation>单元 {unit}，第 {step} 步：{value}</translation>
    </message>
    <message>
        <source>units are numbers from 0 to {last}, or all.</source>
        <translation>单元编号为 0 到 {last}，或 all。</translation>
    </message>
    <message>
        <source>units stand by {names}.</source>
        <translation>单元只能按 {names} 排列。</translation>
    </message>
    <message>
        <source>untrained</source>
        <translation>未训练</translation>
    </message>
    <message>
        <source>u{unit}: sum {total}, {state} {final}</source>
        <translation>u{unit}：总和 {total}，{state} {final}</translation>
    </message>
    <message>
        <source>u{unit}: terms sum to {total}, final {state} {final}</source>
        <translation>u{unit}：各项之和 {total}，最终 {state} {final}</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>验证集</translation>
    </message>
    <message>
        <source>values of the pixels, 16 bits</source>
        <translation>像素值，16 位</translation>
    </message>
    <message>
        <source>w</source>
        <translation>周</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>weak: points at, not an outline, no area</source>
        <translation>弱：只是指向，不是轮廓，没有面积</translation>
    </message>
    <message>
        <source>what is left of the row at the end; not importance</source>
        <translation>该行最终的留存；不代表重要性</translation>
    </message>
    <message>
        <source>what is left of the row in the last state; it is retained, not important</source>
        <translation>该行在最后状态中的留存；是留存，不代表重要性</translation>
    </message>
    <message>
        <source>what is new at the step, −1 to 1; a state, not importance</source>
        <translation>该步的新内容，−1 到 1；状态，不代表重要性</translation>
    </message>
    <message>
        <source>what the wheel does</source>
        <translation>滚轮的作用</translation>
    </message>
    <message>
        <source>white</source>
        <translation>白色</translation>
    </message>
    <message>
        <source>whole film, nothing cut off</source>
        <translation>整幅影像，未裁剪</translation>
    </message>
    <message>
        <source>window</source>
        <translation>窗宽/窗位</translation>
    </message>
    <message>
        <source>window {centre}, {width}</source>
        <translation>窗位 {centre}、窗宽 {width}</translation>
    </message>
    <message>
        <source>without</source>
        <translation>关闭后</translation>
    </message>
    <message>
        <source>without a touch, until the tour begins anew</source>
        <translation>无操作多久后导览重新开始</translation>
    </message>
    <message>
        <source>without an answer there are no steps.</source>
        <translation>没有结果，也就没有步。</translation>
    </message>
    <message>
        <source>without its padding: rows {top}–{bottom}, columns {left}–{right}</source>
        <translation>去除填充：行 {top}–{bottom}，列 {left}–{right}</translation>
    </message>
    <message>
        <source>without the rows that it marks strongest the answer goes only {factor:.1f} times as fast as without rows at random, and {least:g} times is asked</source>
        <translation>去掉它标记最强的行，结果变化的速度只有随机去掉行的 {factor:.1f} 倍，要求至少 {least:g} 倍</translation>
    </message>
    <message>
        <source>without {count} px of padding</source>
        <translation>不含 {count} 个填充像素</translation>
    </message>
    <message>
        <source>wrist</source>
        <translation>腕关节</translation>
    </message>
    <message>
        <source>write a note to my call</source>
        <translation>为我的判断写备注</translation>
    </message>
    <message>
        <source>write a notebook with the Python of every pane</source>
        <translation>将所有窗格的 Python 写为笔记本</translation>
    </message>
    <message>
        <source>write all films as they are shown, as PNG or JPEG</source>
        <translation>将全部影像按所见写为 PNG 或 JPEG</translation>
    </message>
    <message>
        <source>write all marks to a CSV file</source>
        <translation>将全部标记写入 CSV 文件</translation>
    </message>
    <message>
        <source>write every pane that shows something into a folder, in every form</source>
        <translation>将每个有内容的窗格以各种格式写入文件夹</translation>
    </message>
    <message>
        <source>write the active film as it is shown, as PNG or JPEG</source>
        <translation>将当前影像按所见写为 PNG 或 JPEG</translation>
    </message>
    <message>
        <source>write the log of readings as a table</source>
        <translation>将判读日志写为表格</translation>
    </message>
    <message>
        <source>write the reader study as a table</source>
        <translation>将阅片研究写为表格</translation>
    </message>
    <message>
        <source>write the reading as PDF, PNG or JSON</source>
        <translation>将判读写为 PDF、PNG 或 JSON</translation>
    </message>
    <message>
        <source>write the values of the pixels as a PNG of 16 bits, and what they mean</source>
        <translation>将像素值写为 16 位 PNG，并说明其含义</translation>
    </message>
    <message>
        <source>write the worklist as a table</source>
        <translation>将检查列表写为表格</translation>
    </message>
    <message>
        <source>write what a pane shows: .png, .svg, .csv, .npz, .py or .ipynb</source>
        <translation>写出窗格显示的内容：.png、.svg、.csv、.npz、.py 或 .ipynb</translation>
    </message>
    <message>
        <source>write what the window shows in the end, without a display, and leave</source>
        <translation>不显示窗口，写出窗口最终显示的内容并退出</translation>
    </message>
    <message>
        <source>written</source>
        <translation>写入</translation>
    </message>
    <message>
        <source>y</source>
        <translation>岁</translation>
    </message>
    <message>
        <source>your call first</source>
        <translation>先独立判断</translation>
    </message>
    <message>
        <source>your cut {cut:.2f}, not the model&apos;s {shipped:.2f}</source>
        <translation>您的界值 {cut:.2f}，不是模型的 {shipped:.2f}</translation>
    </message>
    <message>
        <source>your cut {cut}, not the model&apos;s {shipped}</source>
        <translation>您的界值 {cut}，不是模型的 {shipped}</translation>
    </message>
    <message>
        <source>your threshold {value}</source>
        <translation>您的阈值 {value}</translation>
    </message>
    <message>
        <source>z, update</source>
        <translation>z，更新</translation>
    </message>
    <message>
        <source>zero</source>
        <translation>零</translation>
    </message>
    <message>
        <source>zoom</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>zoom in mm</source>
        <translation>缩放 (mm)</translation>
    </message>
    <message>
        <source>zoom {percent} %</source>
        <translation>缩放 {percent} %</translation>
    </message>
    <message>
        <source>zoom {percent} %, fit</source>
        <translation>缩放 {percent} %，适合</translation>
    </message>
    <message>
        <source>zoom {percent} %, true size</source>
        <translation>缩放 {percent} %，实际大小</translation>
    </message>
    <message>
        <source>zooms</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>{above} of {read} above</source>
        <translation>{above} / {read} 高于阈值</translation>
    </message>
    <message>
        <source>{block}, {way}</source>
        <translation>{block}，{way}</translation>
    </message>
    <message>
        <source>{broken} of {counted} rules for its maps are broken.</source>
        <translation>模型图的 {counted} 条规则中有 {broken} 条不符合。</translation>
    </message>
    <message>
        <source>{count:,} multiplications and additions for one film, without what is done element by element.</source>
        <translation>一幅影像需 {count:,} 次乘加，不含逐元素的运算。</translation>
    </message>
    <message>
        <source>{count:,} weights</source>
        <translation>{count:,} 个权重</translation>
    </message>
    <message>
        <source>{count:,} weights in all.</source>
        <translation>共 {count:,} 个权重。</translation>
    </message>
    <message>
        <source>{count} units held at their means</source>
        <translation>{count} 个单元保持为均值</translation>
    </message>
    <message>
        <source>{count} units switched off</source>
        <translation>{count} 个单元已关闭</translation>
    </message>
    <message>
        <source>{device}, {seconds:.2f} s</source>
        <translation>{device}，{seconds:.2f} 秒</translation>
    </message>
    <message>
        <source>{epochs} epochs; the training loss fell from {first:.3f} to {last:.3f}. No film was held out, so nothing says whether it learnt by heart.</source>
        <translation>{epochs} 轮；训练损失从 {first:.3f} 降到 {last:.3f}。没有留出影像，因此无从得知它是否只是死记硬背。</translation>
    </message>
    <message>
        <source>{films:,} films</source>
        <translation>{films:,} 幅影像</translation>
    </message>
    <message>
        <source>{films:,} films of {patients:,} patients</source>
        <translation>{patients:,} 名患者的 {films:,} 幅影像</translation>
    </message>
    <message>
        <source>{films} films were indexed, and {left}.</source>
        <translation>已为 {films} 幅影像建立索引，{left}。</translation>
    </message>
    <message>
        <source>{films} in one folder: without labels</source>
        <translation>{films}，在同一文件夹中：没有标签</translation>
    </message>
    <message>
        <source>{films}, {positive}</source>
        <translation>{films}，其中 {positive}</translation>
    </message>
    <message>
        <source>{films}; labels: their folders {names}</source>
        <translation>{films}；标签：所在文件夹 {names}</translation>
    </message>
    <message>
        <source>{film} itself is “{name}” {value}: the map shows only what differs from it</source>
        <translation>{film}本身的结果就是“{name}” {value}：模型图只显示与它不同之处</translation>
    </message>
    <message>
        <source>{film}, step {step}</source>
        <translation>{film}，第 {step} 步</translation>
    </message>
    <message>
        <source>{finding}?</source>
        <translation>{finding}？</translation>
    </message>
    <message>
        <source>{first}–{last} of {total}</source>
        <translation>{first}–{last} / {total}</translation>
    </message>
    <message>
        <source>{format}, {columns} × {rows}, {bits} bits</source>
        <translation>{format}，{columns} × {rows}，{bits} 位</translation>
    </message>
    <message>
        <source>{inputs} → {output}</source>
        <translation>{inputs} → {output}</translation>
    </message>
    <message>
        <source>{interval}, {films} films</source>
        <translation>{interval}，{films} 幅影像</translation>
    </message>
    <message>
        <source>{key} belongs to “{command}”.</source>
        <translation>{key} 已用于“{command}”。</translation>
    </message>
    <message>
        <source>{kind}; how good such ones are was not measured</source>
        <translation>{kind}；其优劣未经测量</translation>
    </message>
    <message>
        <source>{kind}; {name} {value} ({ends}) on {films:,} test films</source>
        <translation>{kind}；在 {films:,} 幅测试影像上{name} {value}（{ends}）</translation>
    </message>
    <message>
        <source>{level:.0f} % interval {ends}</source>
        <translation>{level:.0f} % 区间 {ends}</translation>
    </message>
    <message>
        <source>{level}: neither class fits</source>
        <translation>{level}：两个类别都不符合</translation>
    </message>
    <message>
        <source>{level}: no class fits</source>
        <translation>{level}：没有符合的类别</translation>
    </message>
    <message>
        <source>{level}: only {names} cannot be excluded</source>
        <translation>{level}：仅 {names} 不能排除</translation>
    </message>
    <message>
        <source>{level}: {names} cannot be excluded</source>
        <translation>{level}：{names} 不能排除</translation>
    </message>
    <message>
        <source>{listed} of {count}</source>
        <translation>{listed} / {count}</translation>
    </message>
    <message>
        <source>{low:g} to {high:g}</source>
        <translation>{low:g} 至 {high:g}</translation>
    </message>
    <message>
        <source>{map}, this film’s own scale</source>
        <translation>{map}，按本影像的标尺</translation>
    </message>
    <message>
        <source>{map}, Δ log-odds per cell of {rows} × {columns}</source>
        <translation>{map}，每个单元格的 Δ 对数几率，共 {rows} × {columns} 格</translation>
    </message>
    <message>
        <source>{millions:,.1f} million multiplications and additions for one film, read once.</source>
        <translation>一幅影像读取一次需 {millions:,.1f} 百万次乘加。</translation>
    </message>
    <message>
        <source>{names} and {last}</source>
        <translation>{names}和{last}</translation>
    </message>
    <message>
        <source>{name} at {value:.2f}</source>
        <translation>{name}，阈值 {value:.2f}</translation>
    </message>
    <message>
        <source>{name} cannot be read now: {storage} is not answering. Try again later.</source>
        <translation>目前无法读取 {name}：{storage} 没有响应。请稍后再试。</translation>
    </message>
    <message>
        <source>{name} could not be written: {why}.</source>
        <translation>无法写入 {name}：{why}。</translation>
    </message>
    <message numerus="yes">
        <source>{name} has %n frames.</source>
        <translation>
            <numerusform>{name} 有 %n 帧。</numerusform>
        </translation>
    </message>
    <message>
        <source>{name} has changed on disk and was read again.</source>
        <translation>{name} 在磁盘上已更改，已重新读取。</translation>
    </message>
    <message>
        <source>{name} is no table with the columns file and truth.</source>
        <translation>{name} 不是含有 file 和 truth 列的表格。</translation>
    </message>
    <message>
        <source>{name} is not in the list.</source>
        <translation>{name} 不在列表中。</translation>
    </message>
    <message>
        <source>{name} must end in .ipynb.</source>
        <translation>{name} 必须以 .ipynb 结尾。</translation>
    </message>
    <message>
        <source>{name} must end in .pdf, .png or .json.</source>
        <translation>{name} 必须以 .pdf、.png 或 .json 结尾。</translation>
    </message>
    <message>
        <source>{name} must end in .pdf.</source>
        <translation>{name} 必须以 .pdf 结尾。</translation>
    </message>
    <message>
        <source>{name} must end in .png or .jpg.</source>
        <translation>{name} 必须以 .png 或 .jpg 结尾。</translation>
    </message>
    <message>
        <source>{name} must end in .png.</source>
        <translation>{name} 必须以 .png 结尾。</translation>
    </message>
    <message>
        <source>{name} must end in one of {ends}.</source>
        <translation>{name} 必须以 {ends} 之一结尾。</translation>
    </message>
    <message>
        <source>{name} names no film of the list.</source>
        <translation>{name} 未指明列表中的任何影像。</translation>
    </message>
    <message>
        <source>{name} {number}</source>
        <translation>{name} {number}</translation>
    </message>
    <message>
        <source>{name}, frame {number}</source>
        <translation>{name}，第 {number} 帧</translation>
    </message>
    <message>
        <source>{name}, log-odds</source>
        <translation>{name}，对数几率</translation>
    </message>
    <message>
        <source>{name}: no answer. {why}</source>
        <translation>{name}：未作答。{why}</translation>
    </message>
    <message>
        <source>{name}: {answers}</source>
        <translation>{name}：{answers}</translation>
    </message>
    <message>
        <source>{name}: {films}</source>
        <translation>{name}：{films}</translation>
    </message>
    <message>
        <source>{name}: {value:.2f} on a scale from 0 to 1.</source>
        <translation>{name}：{value:.2f}（从 0 到 1）。</translation>
    </message>
    <message>
        <source>{nats:.2f} nats</source>
        <translation>{nats:.2f} 奈特</translation>
    </message>
    <message>
        <source>{note}; {leaves}</source>
        <translation>{note}；{leaves}</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>{number} / {count}</translation>
    </message>
    <message>
        <source>{number} of {count} · touch anything to stop</source>
        <translation>{number} / {count} · 任意操作即停止</translation>
    </message>
    <message>
        <source>{one} compared with {other}; a difference is the first one’s value minus the other’s.</source>
        <translation>{one} 与 {other} 对比；差异为前者的值减去后者的值。</translation>
    </message>
    <message>
        <source>{part} {view}</source>
        <translation>{part}{view}</translation>
    </message>
    <message>
        <source>{path} cannot be written: {why}</source>
        <translation>无法写入 {path}：{why}</translation>
    </message>
    <message>
        <source>{path} could not be written. Choose another place.</source>
        <translation>无法写入 {path}。请选择其他位置。</translation>
    </message>
    <message>
        <source>{place} of {count}: {value}</source>
        <translation>{place} / {count}：{value}</translation>
    </message>
    <message>
        <source>{place} percentile</source>
        <translation>第 {number} 百分位</translation>
    </message>
    <message>
        <source>{place} · peak step {step}</source>
        <translation>{place} · 峰值步 {step}</translation>
    </message>
    <message>
        <source>{positive:,} with the finding</source>
        <translation>{positive:,} 幅阳性</translation>
    </message>
    <message>
        <source>{probability} so far</source>
        <translation>目前 {probability}</translation>
    </message>
    <message>
        <source>{rank} of {most} directions count</source>
        <translation>{most} 个方向中 {rank} 个有效</translation>
    </message>
    <message>
        <source>{read} of {count} read</source>
        <translation>已判读 {read} / {count}</translation>
    </message>
    <message>
        <source>{rows:,} outputs × {columns:,} inputs</source>
        <translation>{rows:,} 个输出 × {columns:,} 个输入</translation>
    </message>
    <message>
        <source>{rows:,} × {columns:,} weights</source>
        <translation>{rows:,} × {columns:,} 个权重</translation>
    </message>
    <message>
        <source>{rows} rows, {columns} columns</source>
        <translation>{rows} 行，{columns} 列</translation>
    </message>
    <message>
        <source>{rows} × {columns} grey levels of the film’s depth</source>
        <translation>{rows} × {columns}，按影像位深的灰度</translation>
    </message>
    <message>
        <source>{rows} × {columns} grey levels of the film’s own range</source>
        <translation>{rows} × {columns}，按影像自身范围的灰度</translation>
    </message>
    <message>
        <source>{rows} × {columns} grey levels, ranked</source>
        <translation>{rows} × {columns}，按灰度的秩</translation>
    </message>
    <message>
        <source>{rows} × {columns} panes</source>
        <translation>{rows} × {columns} 窗格</translation>
    </message>
    <message>
        <source>{scale} towards {name}</source>
        <translation>{scale}，倾向{name}</translation>
    </message>
    <message>
        <source>{seen}, with {above} above</source>
        <translation>{seen}，含上方 {above} 行</translation>
    </message>
    <message>
        <source>{share} of the final state</source>
        <translation>占最终状态 {share}</translation>
    </message>
    <message>
        <source>{speed} frames a second</source>
        <translation>每秒 {speed} 帧</translation>
    </message>
    <message>
        <source>{steps} of the film as read: {total} log-odds, divided among its columns</source>
        <translation>原样影像{steps}：{total} 对数几率，分配到各列</translation>
    </message>
    <message>
        <source>{steps}: {fill}</source>
        <translation>{steps}：{fill}</translation>
    </message>
    <message>
        <source>{steps}: {fill}, stored rows {first}–{last}</source>
        <translation>{steps}：{fill}，存储行 {first}–{last}</translation>
    </message>
    <message>
        <source>{steps}: {part} of {whole} log-odds</source>
        <translation>{steps}：{part}（共 {whole} 对数几率）</translation>
    </message>
    <message>
        <source>{steps}: {share} % of the change</source>
        <translation>{steps}：占变化的 {share} %</translation>
    </message>
    <message>
        <source>{text} is not a list such as 17,41,98</source>
        <translation>{text} 不是 17,41,98 这样的列表</translation>
    </message>
    <message>
        <source>{text} is not a number of seconds from 1 to {most}</source>
        <translation>{text} 不是 1 到 {most} 之间的秒数</translation>
    </message>
    <message>
        <source>{text} is not a size such as 1280x800</source>
        <translation>{text} 不是 1280x800 这样的尺寸</translation>
    </message>
    <message>
        <source>{value:.2f}, set by the reader</source>
        <translation>{value:.2f}，由阅片者设定</translation>
    </message>
    <message>
        <source>{value} here: above {share} of them</source>
        <translation>此处 {value}：高于其中 {share}</translation>
    </message>
    <message>
        <source>{value} is no count</source>
        <translation>{value} 不是有效的数目</translation>
    </message>
    <message>
        <source>{value}, beyond the scale</source>
        <translation>{value}，超出标尺</translation>
    </message>
    <message>
        <source>{what}: the map over the film.</source>
        <translation>{what}：影像上的模型图。</translation>
    </message>
    <message>
        <source>{what}: {measured}; {verdict}</source>
        <translation>{what}：{measured}；{verdict}</translation>
    </message>
    <message>
        <source>{what}: {verdict}</source>
        <translation>{what}：{verdict}</translation>
    </message>
    <message>
        <source>{what}: {why}</source>
        <translation>{what}：{why}</translation>
    </message>
    <message>
        <source>{window} ({name})</source>
        <translation>{window}（{name}）</translation>
    </message>
    <message>
        <source>{words} Plane: {plane} of row states.</source>
        <translation>{words}平面：各行状态的{plane}。</translation>
    </message>
    <message>
        <source>{words} · {count}</source>
        <translation>{words} · {count}</translation>
    </message>
    <message>
        <source>{words}.</source>
        <translation>{words}。</translation>
    </message>
    <message>
        <source>{words}; brings {value} log-odds</source>
        <translation>{words}；贡献 {value} 对数几率</translation>
    </message>
    <message>
        <source>{years:.3g} years</source>
        <translation>{years:.3g} 岁</translation>
    </message>
    <message>
        <source>|r|: mean correlation of units that were matched one to one, of either sign. By chance: the same with the other one’s rows moved round.</source>
        <translation>|r|：一一配对的单元的平均相关系数，不分正负。随机：将另一方的行循环移位后同样计算。</translation>
    </message>
    <message>
        <source>Δ log-odds</source>
        <translation>Δ 对数几率</translation>
    </message>
    <message>
        <source>Δ log-odds, this film’s scale</source>
        <translation>Δ 对数几率，按本影像的标尺</translation>
    </message>
    <message>
        <source>ρ: rank correlation of the two Influence maps. A map that stays alike when all weights are drawn anew says nothing of what was learnt.</source>
        <translation>ρ：两张影响图的秩相关。如果全部权重重新抽取后模型图仍然相似，它就不说明学到了什么。</translation>
    </message>
    <message>
        <source>“Research use only. Not a diagnosis.” is always in it.</source>
        <translation>其中始终包含“仅供研究使用，不得用于诊断。”</translation>
    </message>
    <message>
        <source>“{key}” is no part of a rule</source>
        <translation>“{key}”不是规则的组成部分</translation>
    </message>
    <message>
        <source>“{name}” is no class; it is {names}.</source>
        <translation>没有类别“{name}”；只能是 {names}。</translation>
    </message>
    <message>
        <source>“{step}” cannot be done: {why}</source>
        <translation>无法执行“{step}”：{why}</translation>
    </message>
    <message>
        <source>“{text}” is neither on nor off.</source>
        <translation>“{text}”既不是 on 也不是 off。</translation>
    </message>
    <message>
        <source>“{text}” is no key.</source>
        <translation>“{text}”不是按键。</translation>
    </message>
    <message>
        <source>“{text}” is no unit; name numbers from 0, or none.</source>
        <translation>“{text}”不是单元；请给出从 0 开始的编号，或 none。</translation>
    </message>
    <message>
        <source>“{text}” is not a number.</source>
        <translation>“{text}”不是数值。</translation>
    </message>
    <message>
        <source>“{text}” is not a place such as 120,45.5.</source>
        <translation>“{text}”不是 120,45.5 这样的位置。</translation>
    </message>
    <message>
        <source>← → film    I influence map    B model’s view    Space text    Tab Read or Inspect    F1 all keys</source>
        <translation>← → 影像    I 影响图    B 模型所见    Space 文字    Tab 阅片或探查    F1 全部按键</translation>
    </message>
    <message>
        <source>← → film    I influence map    Tab Read or Inspect    F1 all keys</source>
        <translation>← → 影像    I 影响图    Tab 阅片或检视    F1 全部按键</translation>
    </message>
    <message>
        <source>← → film    ↑ ↓ row    I influence    S state    B model’s view    Tab Read or Inspect    F1 all keys</source>
        <translation>← → 影像    ↑ ↓ 行    I 影响    S 状态    B 模型所见    Tab 阅片或探查    F1 全部按键</translation>
    </message>
    <message>
        <source>← → film    ↑ ↓ row    Shift+U units off or on    Esc film as read    F1 all keys</source>
        <translation>← → 影像    ↑ ↓ 行    Shift+U 关闭或打开单元    Esc 原样影像    F1 全部按键</translation>
    </message>
    <message>
        <source>↑ ↓ row    Shift drag brush rows    Enter keep as try    Ctrl+Z undo    Esc leave what if    F1 all keys</source>
        <translation>↑ ↓ 行    Shift 拖动刷选行    Enter 保留为尝试    Ctrl+Z 收回    Esc 离开假如    F1 全部按键</translation>
    </message>
</context>
<context>
    <name>engine</name>
    <message>
        <source> and </source>
        <extracomment>joint.and</extracomment>
        <translation>、</translation>
    </message>
    <message>
        <source> or </source>
        <extracomment>joint.or</extracomment>
        <translation>或</translation>
    </message>
    <message>
        <source>, </source>
        <extracomment>joint.list</extracomment>
        <translation>、</translation>
    </message>
    <message>
        <source>1, and “offset” 0, after the last step</source>
        <translation>最后一步之后为 1，“offset”为 0</translation>
    </message>
    <message>
        <source>10 % cropped from each side</source>
        <extracomment>nuisance.cropped-much</extracomment>
        <translation>每边裁去 10 %</translation>
    </message>
    <message>
        <source>5 % cropped from each side</source>
        <extracomment>nuisance.cropped-little</extracomment>
        <translation>每边裁去 5 %</translation>
    </message>
    <message>
        <source>; </source>
        <extracomment>joint.semicolons</extracomment>
        <translation>；</translation>
    </message>
    <message>
        <source>A ({a}) chooses among {classes}, B ({b}) among {classes_2}: only models of the same classes can be compared.</source>
        <translation>A（{a}）的类别为 {classes}，B（{b}）的类别为 {classes_2}：只能比较类别相同的模型。</translation>
    </message>
    <message>
        <source>A DICOM Segmentation has the segment “{label}”, which is none of the classes {classes}.</source>
        <translation>DICOM 分割中有分段“{label}”，它不是任何类别（{classes}）。</translation>
    </message>
    <message>
        <source>A VOI LUT has entries of {descriptor:g} bits.</source>
        <translation>VOI LUT 的条目为 {descriptor:g} 位。</translation>
    </message>
    <message>
        <source>A VOI LUT is damaged and was ignored.</source>
        <translation>VOI LUT 已损坏，已忽略。</translation>
    </message>
    <message>
        <source>A VOI LUT uses {used} of the {bits} bits that it says; its greatest entry is white.</source>
        <translation>VOI LUT 声明 {bits} 位，只使用了 {used} 位；其最大条目显示为白色。</translation>
    </message>
    <message>
        <source>A card of {info} needs {keys}; fill them in the recipe, a table [population] with ages, views and body_parts, or an empty one for anybody&apos;s films.</source>
        <translation>{info} 的模型卡需要 {keys}；请在配方中填写 [population] 表，包含 ages、views 和 body_parts；若适用于任何人的影像，可为空表。</translation>
    </message>
    <message>
        <source>A colour palette</source>
        <translation>调色板</translation>
    </message>
    <message>
        <source>A convolution of 3 × 3 over this row and the two above it, normalised within each row, then SiLU. {rows} model rows become one, and {columns} columns.</source>
        <translation>对本行及其上方两行作 3 × 3 卷积，在每行内归一化，再经 SiLU。{rows} 个模型行合为一行，{columns} 列合为一列。</translation>
    </message>
    <message>
        <source>A grid network with the pool “{pool}” and {classes} classes needs {least} maps or more, not {maps}.</source>
        <translation>池化方式为“{pool}”、有 {classes} 个类别的网格网络至少需要 {least} 个图，而不是 {maps} 个。</translation>
    </message>
    <message>
        <source>A look-up table</source>
        <translation>查找表</translation>
    </message>
    <message>
        <source>A map of rows and columns is measured by {known}, not by “{method}”.</source>
        <translation>行列图的计算方法有 {known}，没有“{method}”。</translation>
    </message>
    <message>
        <source>A process that reads films did not start; read them in one (`--workers 1`).</source>
        <translation>读取影像的进程未能启动；请用单个进程读取 (`--workers 1`)。</translation>
    </message>
    <message>
        <source>A shutter hides some of it on screen; values beneath are measured and read.</source>
        <translation>遮光器在屏幕上遮住了部分影像；其下的像素值仍参与测量和判读。</translation>
    </message>
    <message>
        <source>A split is three shares that sum to 1, such as 0.8,0.1,0.1.</source>
        <translation>划分由三个比例组成，其和为 1，例如 0.8,0.1,0.1。</translation>
    </message>
    <message>
        <source>A weight of every unit onto every class, and their sum: one logit a class.</source>
        <translation>每个单元对每个类别有一个权重，求和得到每个类别的一个 logit。</translation>
    </message>
    <message>
        <source>A weighted mean of all states, with weights that were learnt.</source>
        <translation>全部状态的加权均值，权重由训练得到。</translation>
    </message>
    <message>
        <source>A window of width {width:g} shows nothing.</source>
        <translation>窗宽 {width:g} 不显示任何内容。</translation>
    </message>
    <message>
        <source>AUC</source>
        <extracomment>result.auc
----------
seeds.auc
----------
score.auc</extracomment>
        <translation>AUC</translation>
    </message>
    <message>
        <source>AUC among films of one shape</source>
        <extracomment>result.shape-matched</extracomment>
        <translation>同形状影像之间的 AUC</translation>
    </message>
    <message>
        <source>AUC of the shape alone</source>
        <extracomment>result.shape-alone</extracomment>
        <translation>仅凭形状的 AUC</translation>
    </message>
    <message>
        <source>All values lie in the range of the header.</source>
        <extracomment>range.inside</extracomment>
        <translation>所有像素值都在文件头的范围内。</translation>
    </message>
    <message>
        <source>An array of shape {array} and type {dtype} is no film; give numbers in rows × columns.</source>
        <translation>形状为 {array}、类型为 {dtype} 的数组不是影像；请提供行 × 列的数值。</translation>
    </message>
    <message>
        <source>An index of so many rows needs faiss; get it with: pip install “rowscope[index]”.</source>
        <translation>行数如此之多的索引需要 faiss；安装方法：pip install “rowscope[index]”。</translation>
    </message>
    <message>
        <source>Another process is training into {output}. Wait for it, or name another folder.</source>
        <translation>另一个进程正在向 {output} 训练。请等待其结束，或指定其他文件夹。</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Answer by row: mean calibration error</source>
        <extracomment>by-row.mean</extracomment>
        <translation>逐行结果：平均校准误差</translation>
    </message>
    <message>
        <source>Answer by row: worst calibration error</source>
        <extracomment>by-row.worst</extracomment>
        <translation>逐行结果：最大校准误差</translation>
    </message>
    <message>
        <source>Archives within archives are not opened ({count:,} found): unpack {count:it|them} first, and open the folder.</source>
        <translation>不打开压缩包内的压缩包（共 {count:,} 个）：请先解压，再打开其文件夹。</translation>
    </message>
    <message>
        <source>Ask for at least one film of 16 rows, and a seed from 0 on.</source>
        <translation>请至少要求一幅 16 行的影像，随机种子从 0 开始。</translation>
    </message>
    <message>
        <source>Bits</source>
        <translation>位数</translation>
    </message>
    <message>
        <source>Borders of one value take {total:percent} % of the film</source>
        <translation>单一灰度的边框占影像的 {total:percent} %</translation>
    </message>
    <message>
        <source>Borders of one value take {total:percent} % of the film: {edges:list}</source>
        <translation>单一灰度的边框占影像的 {total:percent} %：{edges:list}</translation>
    </message>
    <message>
        <source>Brier score</source>
        <extracomment>result.brier</extracomment>
        <translation>Brier 分数</translation>
    </message>
    <message>
        <source>Brier score, films with the finding only</source>
        <extracomment>result.brier-with</extracomment>
        <translation>Brier 分数，仅阳性影像</translation>
    </message>
    <message>
        <source>Brier score, films without the finding only</source>
        <extracomment>result.brier-without</extracomment>
        <translation>Brier 分数，仅阴性影像</translation>
    </message>
    <message>
        <source>Candidate g</source>
        <translation>候选 g</translation>
    </message>
    <message>
        <source>Candidate n</source>
        <translation>候选 n</translation>
    </message>
    <message>
        <source>Cell state</source>
        <translation>细胞状态</translation>
    </message>
    <message>
        <source>Class {argmin} has {min} validation films; trust needs {least_films} of each. Hold out more (`data.validation`).</source>
        <translation>类别 {argmin} 有 {min} 幅验证集影像；可信度检查要求每类 {least_films} 幅。请留出更多影像 (`data.validation`)。</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列数</translation>
    </message>
    <message>
        <source>Compressed with loss</source>
        <translation>有损压缩</translation>
    </message>
    <message>
        <source>Compressed, in parts</source>
        <translation>已压缩，分段存储</translation>
    </message>
    <message>
        <source>Cross-validation needs two folds or more.</source>
        <translation>交叉验证至少需要两折。</translation>
    </message>
    <message>
        <source>Decoder</source>
        <translation>解码器</translation>
    </message>
    <message>
        <source>Each seed keeps a checkpoint of its own; leave --checkpoint out.</source>
        <translation>每个随机种子有各自的检查点；请去掉 --checkpoint。</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>Every pixel has the Pixel Padding Value {said}; it was not taken as padding.</source>
        <translation>每个像素都等于 Pixel Padding Value {said}；未作为填充处理。</translation>
    </message>
    <message>
        <source>Fold {number} of {count} {words} of class “{missing}”; ask for fewer folds, or not for blocks.</source>
        <translation>第 {number} 折（共 {count} 折）{words}类别“{missing}”；请减少折数，或不要按块划分。</translation>
    </message>
    <message>
        <source>Forget gate f</source>
        <translation>遗忘门 f</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>帧数</translation>
    </message>
    <message>
        <source>Gate {name}</source>
        <translation>门 {name}</translation>
    </message>
    <message>
        <source>HTJ2K</source>
        <translation>HTJ2K</translation>
    </message>
    <message>
        <source>HTJ2K lossless</source>
        <translation>HTJ2K 无损</translation>
    </message>
    <message>
        <source>HTJ2K lossless, RPCL</source>
        <translation>HTJ2K 无损，RPCL</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>输出层</translation>
    </message>
    <message>
        <source>Hidden state</source>
        <translation>隐藏状态</translation>
    </message>
    <message>
        <source>High Bit is {high} of {stored} bits stored; they were moved down.</source>
        <translation>High Bit 为 {high}，存储 {stored} 位；像素值已下移。</translation>
    </message>
    <message>
        <source>High Bit {high} contradicts {stored} bits stored and was ignored.</source>
        <translation>High Bit {high} 与存储的 {stored} 位矛盾，已忽略。</translation>
    </message>
    <message>
        <source>Image Orientation (Patient) is not two directions and was ignored.</source>
        <translation>Image Orientation (Patient) 不是两个方向，已忽略。</translation>
    </message>
    <message>
        <source>Influence from midway: deletion, edge detector</source>
        <extracomment>influence.midway.deletion.edges</extracomment>
        <translation>以两类中间为基准的影响图：删除，边缘检测</translation>
    </message>
    <message>
        <source>Influence from midway: deletion, random order</source>
        <extracomment>influence.midway.deletion.random</extracomment>
        <translation>以两类中间为基准的影响图：删除，随机顺序</translation>
    </message>
    <message>
        <source>Influence on {name}</source>
        <extracomment>map.grid</extracomment>
        <translation>对{name}的影响</translation>
    </message>
    <message>
        <source>Influence towards {name}</source>
        <extracomment>map.influence</extracomment>
        <translation>影响，倾向{name}</translation>
    </message>
    <message>
        <source>Influence: agreement with Shapley values</source>
        <extracomment>influence.agreement.shapley</extracomment>
        <translation>影响：与 Shapley 值的一致性</translation>
    </message>
    <message>
        <source>Influence: agreement with integrated gradients</source>
        <extracomment>influence.agreement.gradients</extracomment>
        <translation>影响：与积分梯度的一致性</translation>
    </message>
    <message>
        <source>Influence: completeness</source>
        <extracomment>influence.completeness</extracomment>
        <translation>影响：完备性</translation>
    </message>
    <message>
        <source>Influence: deletion, edge detector</source>
        <extracomment>influence.deletion.edges</extracomment>
        <translation>影响：删除法，边缘检测</translation>
    </message>
    <message>
        <source>Influence: deletion, random order</source>
        <extracomment>influence.deletion.random</extracomment>
        <translation>影响：删除法，随机顺序</translation>
    </message>
    <message>
        <source>Influence: explained by mean film</source>
        <extracomment>influence.share.mean-film</extracomment>
        <translation>影响：由平均影像解释</translation>
    </message>
    <message>
        <source>Influence: explained by mean map of other films</source>
        <extracomment>influence.share.mean-map</extracomment>
        <translation>影响：由其他影像的平均图解释</translation>
    </message>
    <message>
        <source>Influence: explained by row position</source>
        <extracomment>influence.share.position</extracomment>
        <translation>影响：由行的位置解释</translation>
    </message>
    <message>
        <source>Influence: insertion, edge detector</source>
        <extracomment>influence.insertion.edges</extracomment>
        <translation>影响：插入法，边缘检测</translation>
    </message>
    <message>
        <source>Influence: insertion, random order</source>
        <extracomment>influence.insertion.random</extracomment>
        <translation>影响：插入法，随机顺序</translation>
    </message>
    <message>
        <source>Influence: other seeds</source>
        <extracomment>influence.seeds</extracomment>
        <translation>影响：其他随机种子</translation>
    </message>
    <message>
        <source>Influence: peak inside finding</source>
        <extracomment>influence.pointing</extracomment>
        <translation>影响：峰值位于病变内</translation>
    </message>
    <message>
        <source>Influence: random weights</source>
        <extracomment>influence.weights</extracomment>
        <translation>影响：随机权重</translation>
    </message>
    <message>
        <source>Influence: random weights, layer by layer</source>
        <extracomment>influence.weights.cascade</extracomment>
        <translation>影响：随机权重，逐层</translation>
    </message>
    <message>
        <source>Influence: random weights, without signs</source>
        <extracomment>influence.weights.sizes</extracomment>
        <translation>影响：随机权重，不计符号</translation>
    </message>
    <message>
        <source>Input gate i</source>
        <translation>输入门 i</translation>
    </message>
    <message>
        <source>It has a Modality LUT and a rescale; the Modality LUT was used.</source>
        <translation>文件同时含有 Modality LUT 和斜率/截距；已使用 Modality LUT。</translation>
    </message>
    <message>
        <source>It has a VOI LUT and a window; the window is shown first.</source>
        <translation>文件同时含有 VOI LUT 和窗宽/窗位；先显示窗宽/窗位。</translation>
    </message>
    <message>
        <source>It has a channel beside its colours that is not shown.</source>
        <translation>除颜色外还有一个通道，未显示。</translation>
    </message>
    <message>
        <source>It is animated; only its first picture is shown.</source>
        <translation>这是动画；只显示第一幅。</translation>
    </message>
    <message>
        <source>It is not clear that this is what the model reads: {accepted:or}.</source>
        <extracomment>admission.unclear</extracomment>
        <translation>不能确定这是模型判读的内容：{accepted:or}。</translation>
    </message>
    <message>
        <source>It looks like a film that the model reads (wrong in any way: {wrong:small}).</source>
        <extracomment>guard.fits</extracomment>
        <translation>看起来是模型判读的影像（有任何异常的概率：{wrong:small}）。</translation>
    </message>
    <message>
        <source>It looks like {accepted:or}, but not clearly: {share:.2f}, where the model answers from {least:.2f}.</source>
        <extracomment>admission.doubtful</extracomment>
        <translation>看起来是{accepted:or}，但不明确：{share:.2f}，而模型要求至少 {least:.2f} 才作答。</translation>
    </message>
    <message>
        <source>It looks like: {seen}.</source>
        <extracomment>admission.fits</extracomment>
        <translation>看起来是：{seen}。</translation>
    </message>
    <message>
        <source>It may be wrong in some way ({kind}): {wrong:small}, where the model abstains above {limit:small}.</source>
        <extracomment>guard.doubtful</extracomment>
        <translation>可能存在某种异常（{kind}）：{wrong:small}，模型在高于 {limit:small} 时不作答。</translation>
    </message>
    <message>
        <source>It was turned as its {kind} orientation says.</source>
        <translation>已按其 {kind} 方向信息旋转。</translation>
    </message>
    <message>
        <source>Item {number:,}</source>
        <translation>第 {number:,} 项</translation>
    </message>
    <message>
        <source>Its data set is {found} where its transfer syntax says {said}.</source>
        <translation>数据集为 {found}，而传输语法声明为 {said}。</translation>
    </message>
    <message>
        <source>Its first bytes are also those of another kind: {kind}.</source>
        <translation>文件开头也符合另一种格式：{kind}。</translation>
    </message>
    <message>
        <source>Its pixels are fractions; {words}.</source>
        <translation>像素值为小数；{words}。</translation>
    </message>
    <message>
        <source>Its pixels are {times:.3g} times as high as wide, as its {source} says.</source>
        <translation>根据其 {source}，像素的高是宽的 {times:.3g} 倍。</translation>
    </message>
    <message>
        <source>Its pixels are {times:.3g} times as wide as high, as its {source} says.</source>
        <translation>根据其 {source}，像素的宽是高的 {times:.3g} 倍。</translation>
    </message>
    <message>
        <source>Its shutter is described impossibly and hides nothing there.</source>
        <translation>其遮光器的描述不可能成立，未作遮挡。</translation>
    </message>
    <message>
        <source>Its spectral radius is {radius:.2f}: taken alone, {alone}. But it is never alone: gates decide at every row what is kept, so this number does not say how long the network remembers. The horizon measures that.</source>
        <translation>其谱半径为 {radius:.2f}：单独来看，{alone}。但它从不单独起作用：门在每一行决定保留什么，因此这个数不说明网络能记住多久。视界测量的才是这个。</translation>
    </message>
    <message>
        <source>Its spectral radius is {radius:.2f}: taken alone, {alone}. The activation bends this at every row, so it is a tendency and no proof. The horizon measures how far back a row can still move the answer.</source>
        <translation>其谱半径为 {radius:.2f}：单独来看，{alone}。激活函数在每一行都会改变它，因此这只是趋势，不是证明。视界测量往回多远的行还能改变结果。</translation>
    </message>
    <message>
        <source>Its {source} gives pixels of an impossible shape and was ignored.</source>
        <translation>其 {source} 给出的像素形状不可能，已忽略。</translation>
    </message>
    <message>
        <source>JPEG 2000</source>
        <translation>JPEG 2000</translation>
    </message>
    <message>
        <source>JPEG 2000 lossless</source>
        <translation>JPEG 2000 无损</translation>
    </message>
    <message>
        <source>JPEG XL</source>
        <translation>JPEG XL</translation>
    </message>
    <message>
        <source>JPEG XL lossless</source>
        <translation>JPEG XL 无损</translation>
    </message>
    <message>
        <source>JPEG XL, a JPEG packed</source>
        <translation>JPEG XL，由 JPEG 重新打包</translation>
    </message>
    <message>
        <source>JPEG baseline</source>
        <translation>JPEG 基线</translation>
    </message>
    <message>
        <source>JPEG extended</source>
        <translation>JPEG 扩展</translation>
    </message>
    <message>
        <source>JPEG lossless</source>
        <translation>JPEG 无损</translation>
    </message>
    <message>
        <source>JPEG lossless, first order</source>
        <translation>JPEG 无损，一阶预测</translation>
    </message>
    <message>
        <source>JPEG progressive</source>
        <translation>JPEG 渐进式</translation>
    </message>
    <message>
        <source>JPEG spectral selection</source>
        <translation>JPEG 频谱选择</translation>
    </message>
    <message>
        <source>JPEG with {components} components (CMYK) is not supported</source>
        <translation>不支持含 {components} 个分量的 JPEG (CMYK)</translation>
    </message>
    <message>
        <source>JPEG-LS lossless</source>
        <translation>JPEG-LS 无损</translation>
    </message>
    <message>
        <source>JPEG-LS near-lossless</source>
        <translation>JPEG-LS 近无损</translation>
    </message>
    <message>
        <source>Learning curves need TensorBoard: pip install &apos;rowscope[train]&apos;.</source>
        <translation>学习曲线需要 TensorBoard：pip install &apos;rowscope[train]&apos;。</translation>
    </message>
    <message>
        <source>Load the model, or prepare the film for it.</source>
        <translation>请先载入模型，或为它准备影像。</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>记忆</translation>
    </message>
    <message>
        <source>Modality, colour, size and contrast are those that the model reads.</source>
        <extracomment>kind.fits</extracomment>
        <translation>模态、颜色、尺寸和对比度均符合模型的判读范围。</translation>
    </message>
    <message>
        <source>Model rows</source>
        <translation>模型行</translation>
    </message>
    <message>
        <source>Model {side} ({info}): {error}</source>
        <translation>模型 {side}（{info}）：{error}</translation>
    </message>
    <message>
        <source>Name at least one film for the model to read.</source>
        <translation>请至少指定一幅供模型判读的影像。</translation>
    </message>
    <message>
        <source>Name at least one hidden unit.</source>
        <translation>请至少指明一个隐藏单元。</translation>
    </message>
    <message>
        <source>Name at least one key to tune.</source>
        <translation>请至少指定一个要调优的键。</translation>
    </message>
    <message>
        <source>Name the rows to be filled with --rows.</source>
        <translation>请用 --rows 指明要替换的行。</translation>
    </message>
    <message>
        <source>No combination can be trained: {reasons}</source>
        <translation>没有可以训练的组合：{reasons}</translation>
    </message>
    <message>
        <source>No combination could be trained; tuning.csv says why.</source>
        <translation>没有一个组合能完成训练；原因见 tuning.csv。</translation>
    </message>
    <message>
        <source>No film could be read, so that there is nothing to index.</source>
        <translation>没有可读取的影像，因此无法建立索引。</translation>
    </message>
    <message>
        <source>No film of {source} has a mask in {masks}; a mask lies there under the same path as its film, with another ending (the first film is {name}).</source>
        <translation>{source} 中没有一幅影像在 {masks} 中有掩膜；掩膜应位于与影像相同的路径下，仅扩展名不同（第一幅影像是 {name}）。</translation>
    </message>
    <message>
        <source>No films were held out to set a threshold for this finding.</source>
        <extracomment>finding.unset</extracomment>
        <translation>没有留出影像用于为此征象设定阈值。</translation>
    </message>
    <message>
        <source>No wide borders of one value lie around the film.</source>
        <extracomment>borders.none</extracomment>
        <translation>影像四周没有单一灰度的宽边框。</translation>
    </message>
    <message>
        <source>Not shown: it lies within {count} sequences.</source>
        <translation>未显示：位于 {count} 层序列之内。</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Nuisance: films answered otherwise, worst change</source>
        <extracomment>nuisance.crossed</extracomment>
        <translation>无意义更改：结果改变的影像，最差的一种</translation>
    </message>
    <message>
        <source>Nuisance: mean change of the probability, worst change</source>
        <extracomment>nuisance.moved</extracomment>
        <translation>无意义更改：概率的平均变化，最差的一种</translation>
    </message>
    <message>
        <source>Number of Frames is 0; one frame was assumed.</source>
        <translation>Number of Frames 为 0；按一帧处理。</translation>
    </message>
    <message>
        <source>Number of Frames says {said:,} and {there:,} are there; these are shown.</source>
        <translation>Number of Frames 为 {said:,}，实有 {there:,} 帧；显示实有的帧。</translation>
    </message>
    <message>
        <source>One time step reads {rows:,} model {rows:row|rows}, {values:,} values side by side.</source>
        <translation>每个时间步读取 {rows:,} 个模型行，并列 {values:,} 个数值。</translation>
    </message>
    <message>
        <source>Only one of Rescale Slope and Intercept is usable; the other is neutral.</source>
        <translation>Rescale Slope 和 Intercept 只有一个可用；另一个取中性值。</translation>
    </message>
    <message>
        <source>Only the first {count:,} lines are shown.</source>
        <translation>仅显示前 {count:,} 行。</translation>
    </message>
    <message>
        <source>Opacities of a film are two numbers from 0 to {most}, such as 0-4.</source>
        <translation>一幅影像的阴影数应为 0 到 {most} 之间的两个数，例如 0-4。</translation>
    </message>
    <message>
        <source>Output gate o</source>
        <translation>输出门 o</translation>
    </message>
    <message>
        <source>Overlay {group:04X} holds fewer bits than it says and is not shown.</source>
        <translation>叠加层 {group:04X} 的位数少于声明，未显示。</translation>
    </message>
    <message>
        <source>Overlay {group:04X} is described impossibly and is not shown.</source>
        <translation>叠加层 {group:04X} 的描述不可能成立，未显示。</translation>
    </message>
    <message>
        <source>PNG {bits} bit</source>
        <translation>PNG {bits} 位</translation>
    </message>
    <message>
        <source>PNG {bits} bit, interlaced</source>
        <translation>PNG {bits} 位，隔行</translation>
    </message>
    <message>
        <source>Patient Orientation is not two directions and was ignored.</source>
        <translation>Patient Orientation 不是两个方向，已忽略。</translation>
    </message>
    <message>
        <source>Pictures need Matplotlib: pip install &apos;rowscope[train]&apos;.</source>
        <translation>绘图需要 Matplotlib：pip install &apos;rowscope[train]&apos;。</translation>
    </message>
    <message>
        <source>Pixel Aspect Ratio contradicts the spacing, which was used.</source>
        <translation>Pixel Aspect Ratio 与像素间距矛盾，已采用像素间距。</translation>
    </message>
    <message>
        <source>Pixel Aspect Ratio is not two sizes and was ignored.</source>
        <translation>Pixel Aspect Ratio 不是两个尺寸，已忽略。</translation>
    </message>
    <message>
        <source>Pixel Spacing does not say where it is true, so lengths are given in pixels.</source>
        <translation>Pixel Spacing 未说明在哪个平面有效，因此长度以像素表示。</translation>
    </message>
    <message>
        <source>Private</source>
        <translation>私有</translation>
    </message>
    <message>
        <source>Private creator</source>
        <translation>私有创建者</translation>
    </message>
    <message>
        <source>Private, of {creator}</source>
        <translation>私有，由 {creator} 定义</translation>
    </message>
    <message>
        <source>Private: {name}</source>
        <translation>私有：{name}</translation>
    </message>
    <message>
        <source>RLE lossless</source>
        <translation>RLE 无损</translation>
    </message>
    <message>
        <source>Raw state: explained by mean film</source>
        <extracomment>raw-state.share.mean-film</extracomment>
        <translation>原始状态：由平均影像解释</translation>
    </message>
    <message>
        <source>Raw state: explained by mean map of other films</source>
        <extracomment>raw-state.share.mean-map</extracomment>
        <translation>原始状态：由其他影像的平均图解释</translation>
    </message>
    <message>
        <source>Raw state: explained by row position</source>
        <extracomment>raw-state.share.position</extracomment>
        <translation>原始状态：由行的位置解释</translation>
    </message>
    <message>
        <source>Read-out</source>
        <translation>读出</translation>
    </message>
    <message>
        <source>Reads step after step, {way}, and keeps {hidden:,} units between two steps.</source>
        <translation>逐步读取，{way}，并在两步之间保持 {hidden:,} 个单元。</translation>
    </message>
    <message>
        <source>Rescale Slope is 0 and was ignored.</source>
        <translation>Rescale Slope 为 0，已忽略。</translation>
    </message>
    <message>
        <source>Rescale Slope is negative: greater stored values are less.</source>
        <translation>Rescale Slope 为负：存储值越大，实际值越小。</translation>
    </message>
    <message>
        <source>Reset gate r</source>
        <translation>重置门 r</translation>
    </message>
    <message>
        <source>Row by row it is more surprising than {percentile:.0f} % of validation films.</source>
        <extracomment>surprise.usual</extracomment>
        <translation>逐行来看，它比 {percentile:.0f} % 的验证集影像更出人意料。</translation>
    </message>
    <message>
        <source>Row by row it is more surprising than {percentile:.0f} % of validation films: {value:.2f}, where the model abstains above {limit:.2f}.</source>
        <extracomment>surprise.unusual</extracomment>
        <translation>逐行来看，它比 {percentile:.0f} % 的验证集影像更出人意料：{value:.2f}，模型在高于 {limit:.2f} 时不作答。</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>Rows {first} to {last} are no band of the film; it has rows 0 to {end}.</source>
        <translation>行 {first} 至 {last} 不是影像中的一个条带；影像的行为 0 到 {end}。</translation>
    </message>
    <message>
        <source>Rows × columns: deletion, edge detector</source>
        <extracomment>grid.deletion.edges</extracomment>
        <translation>行 × 列：删除，边缘检测器</translation>
    </message>
    <message>
        <source>Rows × columns: deletion, random order</source>
        <extracomment>grid.deletion.random</extracomment>
        <translation>行 × 列：删除，随机顺序</translation>
    </message>
    <message>
        <source>Rows × columns: peak inside finding</source>
        <extracomment>grid.pointing</extracomment>
        <translation>行 × 列：峰值在阳性区域内</translation>
    </message>
    <message>
        <source>Rows × columns: random weights</source>
        <extracomment>grid.weights</extracomment>
        <translation>行 × 列：随机权重</translation>
    </message>
    <message>
        <source>Rows × columns: |Influence| within the lungs</source>
        <extracomment>grid.lungs</extracomment>
        <translation>行 × 列：肺内的 |影响|</translation>
    </message>
    <message>
        <source>Several seeds are trained one after the other; start without torchrun.</source>
        <translation>多个随机种子依次训练；启动时不要使用 torchrun。</translation>
    </message>
    <message>
        <source>Several seeds are two or more.</source>
        <translation>多个随机种子指两个或更多。</translation>
    </message>
    <message>
        <source>Softmax makes probabilities of the logits. A scale and an offset, where the model was calibrated, are already in the head.</source>
        <translation>Softmax 将 logit 变为概率。模型经过校准时，斜率和截距已包含在输出层中。</translation>
    </message>
    <message>
        <source>Softmax makes probabilities of the logits. Scale and offset of the calibration are already in the head; the answer by row has a scale and an offset of its own after every step.</source>
        <translation>Softmax 将 logit 变为概率。校准的斜率和截距已包含在输出层中；逐行结果在每一步之后另有自己的斜率和截距。</translation>
    </message>
    <message>
        <source>Some pixels are no finite number; they are taken for padding.</source>
        <translation>部分像素不是有限数值；已作为填充处理。</translation>
    </message>
    <message>
        <source>State: all {count} units, {place}</source>
        <translation>状态：全部 {count} 个单元，{place}</translation>
    </message>
    <message>
        <source>State: deletion, edge detector</source>
        <extracomment>state.deletion.edges</extracomment>
        <translation>状态：删除法，边缘检测</translation>
    </message>
    <message>
        <source>State: deletion, random order</source>
        <extracomment>state.deletion.random</extracomment>
        <translation>状态：删除法，随机顺序</translation>
    </message>
    <message>
        <source>State: explained by mean film</source>
        <extracomment>state.share.mean-film</extracomment>
        <translation>状态：由平均影像解释</translation>
    </message>
    <message>
        <source>State: explained by mean map of other films</source>
        <extracomment>state.share.mean-map</extracomment>
        <translation>状态：由其他影像的平均图解释</translation>
    </message>
    <message>
        <source>State: explained by row position</source>
        <extracomment>state.share.position</extracomment>
        <translation>状态：由行的位置解释</translation>
    </message>
    <message>
        <source>State: {units}, {place}</source>
        <translation>状态：{units}，{place}</translation>
    </message>
    <message>
        <source>Stem {number}</source>
        <translation>前端第 {number} 层</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Steps {first} to {last} are no band of the film.</source>
        <translation>第 {first} 至 {last} 步不是影像中的一个条带。</translation>
    </message>
    <message>
        <source>Surprise</source>
        <translation>意外度</translation>
    </message>
    <message>
        <source>Surprise of each model row, after the rows above</source>
        <translation>每个模型行在其上方各行之后的意外度</translation>
    </message>
    <message>
        <source>TIFF {bits} bit{kind}, {compression}</source>
        <translation>TIFF {bits} 位{kind}，{compression}</translation>
    </message>
    <message>
        <source>The DICOMDIR names {count:,} {count:file|files} outside of its folder; not read.</source>
        <translation>DICOMDIR 列出了 {count:,} 个位于其文件夹之外的文件；未读取。</translation>
    </message>
    <message>
        <source>The DICOMDIR names {count:,} {count:file|files} that {count:is|are} not there: {names}.</source>
        <translation>DICOMDIR 列出的 {count:,} 个文件不存在：{names}。</translation>
    </message>
    <message>
        <source>The answer by row of “{model}” is not audited: its task is {task}.</source>
        <translation>“{model}”的逐行结果未经审核：其任务为 {task}。</translation>
    </message>
    <message>
        <source>The array holds values that are not finite; replace them.</source>
        <translation>数组含有非有限数值；请替换。</translation>
    </message>
    <message>
        <source>The checkpoint {path} cannot be written: {error}.</source>
        <translation>无法写入检查点 {path}：{error}。</translation>
    </message>
    <message>
        <source>The compressed pixels have {bits} of {stored} stored bits; their values are shown as they are.</source>
        <translation>压缩像素为 {bits} 位，而存储位数为 {stored}；像素值按原样显示。</translation>
    </message>
    <message>
        <source>The data have no films of the split “{split}”.</source>
        <translation>数据中没有划分“{split}”的影像。</translation>
    </message>
    <message>
        <source>The data have no training films.</source>
        <translation>数据中没有训练影像。</translation>
    </message>
    <message>
        <source>The decoder makes {down} × {across} places of a cell of {height} × {width} model pixels; each place must be a whole number of them.</source>
        <translation>解码器把 {height} × {width} 个模型像素的单元格分成 {down} × {across} 处；每处必须是整数个像素。</translation>
    </message>
    <message>
        <source>The file</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>The file ends before this value does.</source>
        <translation>文件不完整，此值未读完。</translation>
    </message>
    <message>
        <source>The film has values from {darkest:g} to {brightest:g}; its header allows {low:g} to {high:g}.</source>
        <extracomment>range.outside</extracomment>
        <translation>影像的像素值为 {darkest:g} 至 {brightest:g}；文件头允许 {low:g} 至 {high:g}。</translation>
    </message>
    <message>
        <source>The film has values of a smaller range, {least:g} to {most:g}, than its header declares, {low:g} to {high:g}; it was read by its own. A dark film is read too bright.</source>
        <extracomment>depth.smaller</extracomment>
        <translation>影像的像素值范围为 {least:g} 至 {most:g}，小于文件头声明的 {low:g} 至 {high:g}；已按其自身范围判读。偏暗的影像会被判读得过亮。</translation>
    </message>
    <message>
        <source>The film has {high} × {wide} model pixels, too few for {down} × {across} cells.</source>
        <translation>影像有 {high} × {wide} 个模型像素，不足以分成 {down} × {across} 个单元格。</translation>
    </message>
    <message>
        <source>The film has {levels:,} different grey values.</source>
        <extracomment>levels.enough</extracomment>
        <translation>影像有 {levels:,} 个不同的灰度值。</translation>
    </message>
    <message>
        <source>The film has {levels:,} different grey values; the model needs {needed} or more.</source>
        <extracomment>levels.few</extracomment>
        <translation>影像有 {levels:,} 个不同的灰度值；模型至少需要 {needed} 个。</translation>
    </message>
    <message>
        <source>The film is {aspect:.2f} times as wide as high, which is too narrow: the model reads {least:g} to {most:g}.</source>
        <extracomment>geometry.narrow</extracomment>
        <translation>影像的宽是高的 {aspect:.2f} 倍，太窄：模型判读 {least:g} 至 {most:g} 倍。</translation>
    </message>
    <message>
        <source>The film is {aspect:.2f} times as wide as high, which is too wide: the model reads {least:g} to {most:g}.</source>
        <extracomment>geometry.wide</extracomment>
        <translation>影像的宽是高的 {aspect:.2f} 倍，太宽：模型判读 {least:g} 至 {most:g} 倍。</translation>
    </message>
    <message>
        <source>The film is {aspect:.2f} times as wide as high.</source>
        <extracomment>geometry.fits</extracomment>
        <translation>影像的宽是高的 {aspect:.2f} 倍。</translation>
    </message>
    <message>
        <source>The film uses the range of values that its header declares.</source>
        <extracomment>depth.declared</extracomment>
        <translation>影像使用了文件头声明的像素值范围。</translation>
    </message>
    <message>
        <source>The film, resampled to the model&apos;s rows and columns: grey values 0 to 1.</source>
        <translation>重采样为模型行数和列数的影像：灰度值 0 到 1。</translation>
    </message>
    <message>
        <source>The films are {own:.0f} and {its:.0f} rows high: rows are compared at the same share of the height.</source>
        <translation>两幅影像的高度为 {own:.0f} 行和 {its:.0f} 行：按高度的相同比例比较各行。</translation>
    </message>
    <message>
        <source>The films have multiples of {rows_multiple} rows, but the network reads {rows_per_step} rows at a time.</source>
        <translation>影像的行数是 {rows_multiple} 的倍数，但网络每次读取 {rows_per_step} 行。</translation>
    </message>
    <message>
        <source>The finding of A ({a}) is “{names}”, that of B ({b}) is “{names_2}”: only models of the same finding can be compared.</source>
        <translation>A（{a}）的阳性类别为“{names}”，B（{b}）为“{names_2}”：只能比较阳性类别相同的模型。</translation>
    </message>
    <message>
        <source>The folder “{found}” has characters in its name that cannot be seen; rename it.</source>
        <translation>文件夹“{found}”的名称含有不可见字符；请重命名。</translation>
    </message>
    <message>
        <source>The header does not say from which side the film was taken.</source>
        <extracomment>view.unsaid</extracomment>
        <translation>文件头未说明投照体位。</translation>
    </message>
    <message>
        <source>The header does not say how old the patient is.</source>
        <extracomment>age.unsaid</extracomment>
        <translation>文件头未说明患者年龄。</translation>
    </message>
    <message>
        <source>The header does not say the patient&apos;s sex.</source>
        <extracomment>sex.unsaid</extracomment>
        <translation>文件头未说明患者性别。</translation>
    </message>
    <message>
        <source>The header does not say which part of the body was examined.</source>
        <extracomment>part.unsaid</extracomment>
        <translation>文件头未说明检查部位。</translation>
    </message>
    <message>
        <source>The header does not say which side the film shows.</source>
        <extracomment>laterality.unsaid</extracomment>
        <translation>文件头未说明影像的侧别。</translation>
    </message>
    <message>
        <source>The header does not say which way up the film is.</source>
        <extracomment>orientation.unsaid</extracomment>
        <translation>文件头未说明影像的上下方向。</translation>
    </message>
    <message>
        <source>The header gives two ages, {stated} and {counted}</source>
        <extracomment>age.two</extracomment>
        <translation>文件头给出两个年龄：{stated}和{counted}</translation>
    </message>
    <message>
        <source>The header says RGB but its JPEG frames are YCbCr; the frames were believed.</source>
        <translation>文件头声明为 RGB，但其 JPEG 帧为 YCbCr；以帧为准。</translation>
    </message>
    <message>
        <source>The header says YBR but its JPEG frames are RGB; the frames were believed.</source>
        <translation>文件头声明为 YBR，但其 JPEG 帧为 RGB；以帧为准。</translation>
    </message>
    <message>
        <source>The header says that the film is upright.</source>
        <extracomment>orientation.upright</extracomment>
        <translation>文件头说明影像方向正确。</translation>
    </message>
    <message>
        <source>The header says that the film&apos;s side is: {found}.</source>
        <extracomment>laterality.fits</extracomment>
        <translation>文件头说明的影像侧别为：{found}。</translation>
    </message>
    <message>
        <source>The header says that the film&apos;s side is: {found}; the model reads films: {accepted:or}.</source>
        <extracomment>laterality.other</extracomment>
        <translation>文件头说明的影像侧别为：{found}；模型判读的影像为：{accepted:or}。</translation>
    </message>
    <message>
        <source>The header says that the film&apos;s upper edge is {top}, not the head (H).</source>
        <extracomment>orientation.turned</extracomment>
        <translation>文件头说明影像的上缘是 {top}，而不是头侧 (H)。</translation>
    </message>
    <message>
        <source>The header says that the part examined is {part}; the model reads {accepted:and} films.</source>
        <extracomment>part.other</extracomment>
        <translation>文件头说明的检查部位为 {part}；模型判读{accepted:and}影像。</translation>
    </message>
    <message>
        <source>The header says that the patient&apos;s left is at the left edge: a mirrored film.</source>
        <extracomment>orientation.mirrored</extracomment>
        <translation>文件头说明患者左侧位于影像左缘：这是左右翻转的影像。</translation>
    </message>
    <message>
        <source>The header says that the view is {view}.</source>
        <extracomment>view.fits</extracomment>
        <translation>文件头说明的投照体位为：{view}。</translation>
    </message>
    <message>
        <source>The header says that the view is {view}; the model reads {accepted:and} views.</source>
        <extracomment>view.other</extracomment>
        <translation>文件头说明的投照体位为：{view}；模型判读的体位为：{accepted:and}。</translation>
    </message>
    <message>
        <source>The header says: {part}.</source>
        <extracomment>part.fits</extracomment>
        <translation>文件头说明：{part}。</translation>
    </message>
    <message>
        <source>The index cannot be written ({error}); free some space, or name another folder (`-o`).</source>
        <translation>无法写入索引（{error}）；请释放空间，或指定其他文件夹 (`-o`)。</translation>
    </message>
    <message>
        <source>The index in {folder} is damaged ({name}); make it again.</source>
        <translation>{folder} 中的索引已损坏（{name}）；请重新建立。</translation>
    </message>
    <message>
        <source>The index in {folder} is of format {version}, and this program reads format {format}; make it again.</source>
        <translation>{folder} 中的索引为格式 {version}，而此程序读取格式 {format}；请重新建立。</translation>
    </message>
    <message>
        <source>The index in {folder} was made again meanwhile; open it again.</source>
        <translation>{folder} 中的索引已被重新建立；请重新打开。</translation>
    </message>
    <message>
        <source>The index in {folder} was made with other weights (of “{made}”) than those of “{model}”; make it again: rowscope-engine index {model} FILMS.</source>
        <translation>{folder} 中的索引由其他权重（“{made}”的）生成，而不是“{model}”的权重；请重新建立：rowscope-engine index {model} FILMS。</translation>
    </message>
    <message>
        <source>The index was not finished: its process ended. Begin it again.</source>
        <translation>索引未完成：其进程已终止。请重新开始。</translation>
    </message>
    <message>
        <source>The last row does not move the {of} of “{name}”: there is nothing to compare the others with.</source>
        <translation>最后一行不改变“{name}”的{of}：没有可与其他行比较的基准。</translation>
    </message>
    <message>
        <source>The machines of this training differ: only some have bfloat16 units; set `training.precision = &quot;32&quot;`.</source>
        <translation>参与训练的机器不同：只有部分具有 bfloat16 单元；请设置 `training.precision = &quot;32&quot;`。</translation>
    </message>
    <message>
        <source>The mask of {name} has {rows} × {columns} pixels, its film {rows_2} × {columns_2}.</source>
        <translation>{name} 的掩膜有 {rows} × {columns} 个像素，而影像有 {rows_2} × {columns_2} 个。</translation>
    </message>
    <message>
        <source>The mask {name} holds the number {wrong}; it must hold 0 and 255, or class numbers from 0 to {last}.</source>
        <translation>掩膜 {name} 中有数值 {wrong}；只能有 0 和 255，或 0 到 {last} 的类别编号。</translation>
    </message>
    <message>
        <source>The masks “{masks}” are neither in {source} nor beside it; `data.masks` names a folder or a tar file.</source>
        <translation>掩膜“{masks}”既不在 {source} 中，也不在其旁边；`data.masks` 应为文件夹或 tar 文件。</translation>
    </message>
    <message>
        <source>The mean of all states: every row is equally near to the answer.</source>
        <translation>全部状态的均值：每一行离结果同样近。</translation>
    </message>
    <message>
        <source>The model gave an answer that is not a number.</source>
        <translation>模型给出的结果不是数值。</translation>
    </message>
    <message>
        <source>The model gave no usable answer for this film.</source>
        <translation>模型对此影像没有给出可用的结果。</translation>
    </message>
    <message>
        <source>The model would not answer for it: {reason} (“{name}”)</source>
        <translation>模型对它不作答：{reason}（“{name}”）</translation>
    </message>
    <message>
        <source>The model {model} keeps no class means; train it anew, or choose another baseline.</source>
        <translation>模型 {model} 没有保存类别均值；请重新训练，或选择其他基准。</translation>
    </message>
    <message>
        <source>The model “{info}” does not expect rows; see `model fit-trust`.</source>
        <translation>模型“{info}”不预测行；参见 `model fit-trust`。</translation>
    </message>
    <message>
        <source>The model “{info}” gave no usable answer for {name}.</source>
        <translation>模型“{info}”对 {name} 没有给出可用的结果。</translation>
    </message>
    <message>
        <source>The model “{model}” has {layers} {layers:layer|layers}, and no layer {layer}.</source>
        <translation>模型“{model}”有 {layers} 层，没有第 {layer} 层。</translation>
    </message>
    <message>
        <source>The network has no matrix “{name}”.</source>
        <translation>网络没有矩阵“{name}”。</translation>
    </message>
    <message>
        <source>The network is too large: it {number}; at most {most} million are allowed.</source>
        <translation>网络太大：{number}；最多允许 {most} 百万。</translation>
    </message>
    <message>
        <source>The network would see nearly nothing: {flat:,} of {count:,} training films use less than a hundredth of its range. Read ranks instead (`input.intensity = &quot;rank&quot;`), or say the range of the stored values.</source>
        <translation>网络几乎看不到任何内容：{count:,} 幅训练影像中有 {flat:,} 幅只使用了其范围的不到百分之一。请改用秩 (`input.intensity = &quot;rank&quot;`)，或说明存储值的范围。</translation>
    </message>
    <message>
        <source>The network “{name}” gives no maps, which the task needs.</source>
        <translation>网络“{name}”不输出任务所需的图。</translation>
    </message>
    <message>
        <source>The patient is a quadruped, so no orientation letters are shown.</source>
        <translation>对象为四足动物，因此不显示方位字母。</translation>
    </message>
    <message>
        <source>The patient is {age} old</source>
        <extracomment>age.one</extracomment>
        <translation>患者年龄为 {age}</translation>
    </message>
    <message>
        <source>The patient is {found}.</source>
        <extracomment>sex.fits</extracomment>
        <translation>患者为{found}。</translation>
    </message>
    <message>
        <source>The patient is {found}; the model reads films: {accepted:or}.</source>
        <extracomment>sex.other</extracomment>
        <translation>患者为{found}；模型判读的影像为：{accepted:or}。</translation>
    </message>
    <message>
        <source>The patients with films of “{name}” are too few ({patients}) for {parts} parts that share none. Bring more films, or ask for fewer parts.</source>
        <translation>有“{name}”影像的患者太少（{patients} 名），无法分成 {parts} 个互不重叠的部分。请增加影像，或减少份数。</translation>
    </message>
    <message>
        <source>The pixels were not looked at.</source>
        <extracomment>pixels.not-seen</extracomment>
        <translation>未检查像素。</translation>
    </message>
    <message>
        <source>The processes ended before the work was done; the same command goes on.</source>
        <translation>进程在工作完成前结束；用同一命令可继续。</translation>
    </message>
    <message>
        <source>The records in {path} are damaged. The file is kept as {aside}, and new records begin empty; a copy of yours can be put back in its place.</source>
        <translation>{path} 中的记录已损坏。该文件已保留为 {aside}，新记录从空白开始；您可用自己的副本替换回来。</translation>
    </message>
    <message>
        <source>The report&apos;s “results” are no pairs of texts.</source>
        <translation>报告的“results”不是成对的文本。</translation>
    </message>
    <message>
        <source>The rows of the films cannot be written ({error}); free some space, or name a folder elsewhere (`--cache`).</source>
        <translation>无法写入影像的行（{error}）；请释放空间，或指定其他文件夹 (`--cache`)。</translation>
    </message>
    <message>
        <source>The score auc needs `positive` in the recipe; macro-auc does not.</source>
        <translation>评分 auc 需要在配方中给出 `positive`；macro-auc 不需要。</translation>
    </message>
    <message>
        <source>The score must be one of {score}.</source>
        <translation>评分必须是以下之一：{score}。</translation>
    </message>
    <message>
        <source>The segments of one film differ in size.</source>
        <translation>同一影像的各分段大小不同。</translation>
    </message>
    <message>
        <source>The share of opacities lies between 0 and 1.</source>
        <translation>阴影的比例在 0 和 1 之间。</translation>
    </message>
    <message>
        <source>The state after the last step of each direction.</source>
        <translation>每个方向最后一步之后的状态。</translation>
    </message>
    <message>
        <source>The task “{task}” is scored by its own chief figure; leave the score out.</source>
        <translation>任务“{task}”以其自身的主要指标评分；请勿指定评分。</translation>
    </message>
    <message>
        <source>The task “{task}” needs a network with maps, such as architecture = “grid”.</source>
        <translation>任务“{task}”需要能输出图的网络，例如 architecture = “grid”。</translation>
    </message>
    <message>
        <source>The task “{task}” needs {needs}, which cannot be read from {source}.</source>
        <translation>任务“{task}”需要 {needs}，而 {source} 中无法读取。</translation>
    </message>
    <message>
        <source>The training loss is a focal one, which counts easy films less.</source>
        <translation>训练损失为 focal loss，容易的影像权重较小。</translation>
    </message>
    <message>
        <source>The training went astray: the network answers with no numbers.</source>
        <translation>训练发散：网络的输出不是数值。</translation>
    </message>
    <message>
        <source>The training went astray: the network answers with no numbers. Lower `training.learning_rate`, or set `training.clip`.</source>
        <translation>训练发散：网络的输出不是数值。请降低 `training.learning_rate`，或设置 `training.clip`。</translation>
    </message>
    <message>
        <source>The units of “{info}” cannot be switched off: that is known of the architecture “row-classifier”, and this one is “{name}”.</source>
        <translation>“{info}”的单元不能关闭：只有架构“row-classifier”可以这样做，而它的架构是“{name}”。</translation>
    </message>
    <message>
        <source>The validation films are all of “{name}”; put films of the other classes into `val`, or set `data.validation`.</source>
        <translation>验证集影像全部为“{name}”；请把其他类别的影像放入 `val`，或设置 `data.validation`。</translation>
    </message>
    <message>
        <source>The whole film has no neighbours; brush fewer rows.</source>
        <translation>整幅影像没有相邻行；请刷选较少的行。</translation>
    </message>
    <message>
        <source>The {figure} cannot be measured on a fold of {films:,} films; ask for fewer folds.</source>
        <translation>在只有 {films:,} 幅影像的一折上无法测量{figure}；请减少折数。</translation>
    </message>
    <message>
        <source>The {kind} “{name}” comes with the program.</source>
        <translation>{kind}“{name}”是程序自带的。</translation>
    </message>
    <message>
        <source>The {kind} “{name}” comes with two packages: {packages}.</source>
        <translation>{kind}“{name}”由两个软件包提供：{packages}。</translation>
    </message>
    <message>
        <source>The {kind} “{name}” is no {name_2}.</source>
        <translation>{kind}“{name}”不是 {name_2}。</translation>
    </message>
    <message>
        <source>The {kind} “{name}” of {package} cannot be loaded: {error}. Install it again.</source>
        <translation>无法载入 {package} 的 {kind}“{name}”：{error}。请重新安装。</translation>
    </message>
    <message>
        <source>The {name} do not fit the network&apos;s configuration.</source>
        <translation>{name} 与网络的配置不符。</translation>
    </message>
    <message>
        <source>There are no training films {which} “{name}” ({there:,} with it, {absent:,} without); bring some, or take it out of the recipe.</source>
        <translation>没有{which}“{name}”的训练影像（有 {there:,} 幅，无 {absent:,} 幅）；请补充，或将其从配方中去掉。</translation>
    </message>
    <message>
        <source>There are no {title} films of {empty} ({there}): {split}{films}</source>
        <translation>{empty} 没有{title}影像（{there}）：{split}{films}</translation>
    </message>
    <message>
        <source>There is no CUDA device here; train with --device cpu.</source>
        <translation>这里没有 CUDA 设备；请用 --device cpu 训练。</translation>
    </message>
    <message>
        <source>There is no folder “{name}” of masks beside the films.</source>
        <translation>影像旁没有掩膜文件夹“{name}”。</translation>
    </message>
    <message>
        <source>There is no layer {layer}: the model has {own}.</source>
        <translation>没有第 {layer} 层：模型有 {own} 层。</translation>
    </message>
    <message>
        <source>There is no model in the folder “{name}”: it has no {metadata}. Choose a folder that training wrote.</source>
        <translation>文件夹“{name}”中没有模型：缺少 {metadata}。请选择训练生成的文件夹。</translation>
    </message>
    <message>
        <source>There is no model “{name}”, and no other.</source>
        <translation>没有名为“{name}”的模型，也没有其他模型。</translation>
    </message>
    <message>
        <source>There is no model “{name}”.</source>
        <translation>没有名为“{name}”的模型。</translation>
    </message>
    <message>
        <source>There is no model “{name}”; known models: {known:list}.</source>
        <translation>没有名为“{name}”的模型；可用的模型：{known:list}。</translation>
    </message>
    <message>
        <source>There is no {kind} “{name}” here; install the package that brings it.</source>
        <translation>这里没有 {kind}“{name}”；请安装提供它的软件包。</translation>
    </message>
    <message>
        <source>There was not enough memory to read this file.</source>
        <translation>内存不足，无法读取此文件。</translation>
    </message>
    <message>
        <source>This bundle asks no other model what a film shows.</source>
        <extracomment>admission.none</extracomment>
        <translation>此模型包不借助其他模型判断影像内容。</translation>
    </message>
    <message>
        <source>This bundle expects no rows: how unusual a film is, is not told.</source>
        <extracomment>surprise.none</extracomment>
        <translation>此模型包不预测行：无法判断影像是否常见。</translation>
    </message>
    <message>
        <source>This bundle has no guard: films that are turned or made up are not told.</source>
        <extracomment>guard.none</extracomment>
        <translation>此模型包没有校验网络：无法识别旋转过或人工生成的影像。</translation>
    </message>
    <message>
        <source>This does not look like a film of the kind that the model reads.</source>
        <extracomment>guard.no-such-film</extracomment>
        <translation>这看起来不是模型所判读的那类影像。</translation>
    </message>
    <message>
        <source>This file ended the process that read it.</source>
        <translation>此文件使读取它的进程终止。</translation>
    </message>
    <message>
        <source>This file was not read within {seconds:.0f} s.</source>
        <translation>未能在 {seconds:.0f} 秒内读取此文件。</translation>
    </message>
    <message>
        <source>This film has no contrast: all its pixels have the same value.</source>
        <extracomment>kind.flat</extracomment>
        <translation>此影像没有对比度：所有像素值相同。</translation>
    </message>
    <message>
        <source>This film has only {rows} × {columns} pixels; the model reads a grid of {grid_rows} × {grid_columns}.</source>
        <extracomment>kind.small</extracomment>
        <translation>此影像只有 {rows} × {columns} 像素；模型判读的网格为 {grid_rows} × {grid_columns}。</translation>
    </message>
    <message>
        <source>This film is more surprising, row by row, than nearly all films that the model was tried on; the model reads films like those.</source>
        <extracomment>surprise.strange</extracomment>
        <translation>逐行来看，此影像比几乎所有用于试验模型的影像都更出人意料；模型判读与那些相似的影像。</translation>
    </message>
    <message>
        <source>This film looks drawn by this program; the model reads films of patients.</source>
        <extracomment>guard.drawn</extracomment>
        <translation>此影像看起来是由本程序绘制的；模型判读患者的影像。</translation>
    </message>
    <message>
        <source>This film looks inverted, bright for dark; the model reads bones as bright.</source>
        <extracomment>guard.inverted</extracomment>
        <translation>此影像看起来已反相，明暗颠倒；模型判读骨骼为亮的影像。</translation>
    </message>
    <message>
        <source>This film looks mirrored, with the heart on the wrong side; the model reads films that are not. A patient&apos;s heart may lie there, too: look before you turn the film.</source>
        <extracomment>guard.mirrored</extracomment>
        <translation>此影像看起来左右翻转，心脏位于对侧；模型不判读翻转的影像。患者的心脏也可能确实位于该侧：翻转影像前请先查看。</translation>
    </message>
    <message>
        <source>This film looks turned by a quarter to the left; the model reads it upright.</source>
        <extracomment>guard.left-side-down</extracomment>
        <translation>此影像看起来向左旋转了 90°；模型判读方向正确的影像。</translation>
    </message>
    <message>
        <source>This film looks turned by a quarter to the right; the model reads it upright.</source>
        <extracomment>guard.right-side-down</extracomment>
        <translation>此影像看起来向右旋转了 90°；模型判读方向正确的影像。</translation>
    </message>
    <message>
        <source>This film looks upside down; the model reads upright films.</source>
        <extracomment>guard.upside-down</extracomment>
        <translation>此影像看起来上下颠倒；模型判读方向正确的影像。</translation>
    </message>
    <message>
        <source>This film looks wrong (“{kind}”); the model does not read it.</source>
        <extracomment>guard.wrong</extracomment>
        <translation>此影像看起来有异常（“{kind}”）；模型不判读。</translation>
    </message>
    <message>
        <source>This film of {rows} × {columns} pixels is too high; the model reads films that are {least:.2g} to {most:.2g} times as high as wide.</source>
        <extracomment>kind.high</extracomment>
        <translation>此影像为 {rows} × {columns} 像素，太高；模型判读高为宽的 {least:.2g} 至 {most:.2g} 倍的影像。</translation>
    </message>
    <message>
        <source>This film of {rows} × {columns} pixels is too low; the model reads films that are {least:.2g} to {most:.2g} times as high as wide.</source>
        <extracomment>kind.low</extracomment>
        <translation>此影像为 {rows} × {columns} 像素，太矮；模型判读高为宽的 {least:.2g} 至 {most:.2g} 倍的影像。</translation>
    </message>
    <message>
        <source>This is a colour image; the model reads grey films.</source>
        <extracomment>kind.colour</extracomment>
        <translation>这是彩色图像；模型判读灰度影像。</translation>
    </message>
    <message>
        <source>This is {kind} image; the model reads {modalities:and} films.</source>
        <extracomment>kind.modality</extracomment>
        <translation>这是 {kind} 图像；模型判读 {modalities:and} 影像。</translation>
    </message>
    <message>
        <source>This looks like a {seen}</source>
        <extracomment>suggest.a</extracomment>
        <translation>这看起来是{seen}</translation>
    </message>
    <message>
        <source>This looks like an {seen}</source>
        <extracomment>suggest.an</extracomment>
        <translation>这看起来是{seen}</translation>
    </message>
    <message>
        <source>This looks like another kind of image ({seen}); the model reads only: {accepted:or}.</source>
        <extracomment>admission.other</extracomment>
        <translation>这看起来是另一类影像（{seen}）；模型只判读：{accepted:or}。</translation>
    </message>
    <message>
        <source>Too few validation films for this finding: {there:,} with it and {absent:,} without, {least:,} of each are needed.</source>
        <extracomment>finding.few</extracomment>
        <translation>此征象的验证集影像太少：有 {there:,} 幅，无 {absent:,} 幅，各需要 {least:,} 幅。</translation>
    </message>
    <message>
        <source>Training films were changed at random.</source>
        <translation>训练集影像经过随机变化。</translation>
    </message>
    <message>
        <source>Training films were read under dropout.</source>
        <translation>训练集影像在 dropout 下读取。</translation>
    </message>
    <message>
        <source>Training needs Lightning Fabric: pip install &apos;rowscope[train]&apos;.</source>
        <translation>训练需要 Lightning Fabric：pip install &apos;rowscope[train]&apos;。</translation>
    </message>
    <message>
        <source>Training targets were mixed, so that their loss cannot reach zero.</source>
        <translation>训练目标经过混合，因此其损失不能降到零。</translation>
    </message>
    <message>
        <source>Transparency is shown over black.</source>
        <translation>透明部分显示在黑色背景上。</translation>
    </message>
    <message>
        <source>UMAP is not installed; get it with: pip install “rowscope[index]”.</source>
        <translation>未安装 UMAP；安装方法：pip install “rowscope[index]”。</translation>
    </message>
    <message>
        <source>UMAP needs more rows than this index has; index more films.</source>
        <translation>UMAP 需要的行数多于此索引所有；请为更多影像建立索引。</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Update gate z</source>
        <translation>更新门 z</translation>
    </message>
    <message>
        <source>VOI LUT Function is unknown; LINEAR was assumed.</source>
        <translation>VOI LUT Function 未知；按 LINEAR 处理。</translation>
    </message>
    <message>
        <source>Validation reads averaged weights, which follow later.</source>
        <translation>验证时使用平均权重，它们的变化较晚。</translation>
    </message>
    <message>
        <source>What the film shows could not be asked, so there is no answer: {why}.</source>
        <extracomment>admission.unasked</extracomment>
        <translation>无法询问影像的内容，因此没有结果：{why}。</translation>
    </message>
    <message>
        <source>Window Center and Window Width do not pair up; the pairs there were used.</source>
        <translation>Window Center 与 Window Width 不能一一配对；已使用能配对的值。</translation>
    </message>
    <message>
        <source>Window Width {width:g} at {center:g} is impossible and was ignored.</source>
        <translation>窗位 {center:g} 处的窗宽 {width:g} 不可能，已忽略。</translation>
    </message>
    <message>
        <source>With a search, give `{hidden}` as numbers or as a range.</source>
        <translation>进行搜索时，请以数值或范围给出 `{hidden}`。</translation>
    </message>
    <message>
        <source>Without these units the model gave no usable answer.</source>
        <translation>没有这些单元时，模型没有给出可用的结果。</translation>
    </message>
    <message>
        <source>`data.patient` has more than {longest_pattern} characters.</source>
        <translation>`data.patient` 超过 {longest_pattern} 个字符。</translation>
    </message>
    <message>
        <source>`data.patient` is not a regular expression: {error}.</source>
        <translation>`data.patient` 不是正则表达式：{error}。</translation>
    </message>
    <message>
        <source>`training.early_stopping` and a plateau need validation films; set `data.validation`.</source>
        <translation>`training.early_stopping` 和 plateau 需要验证集影像；请设置 `data.validation`。</translation>
    </message>
    <message>
        <source>`{hidden}` is not a key of this network.</source>
        <translation>`{hidden}` 不是此网络的键。</translation>
    </message>
    <message>
        <source>`{key}` needs validation films; set `data.validation`.</source>
        <translation>`{key}` 需要验证集影像；请设置 `data.validation`。</translation>
    </message>
    <message>
        <source>a check sum inside does not fit</source>
        <translation>内部校验和不符</translation>
    </message>
    <message>
        <source>a comparison with another one</source>
        <extracomment>work.compare</extracomment>
        <translation>与另一模型的比较</translation>
    </message>
    <message>
        <source>a compressed frame does not begin with a codestream</source>
        <translation>某个压缩帧不以码流开头</translation>
    </message>
    <message>
        <source>a compressed frame ends inside its header</source>
        <translation>某个压缩帧在其头部内中断</translation>
    </message>
    <message>
        <source>a compressed frame has a damaged header</source>
        <translation>某个压缩帧的头部已损坏</translation>
    </message>
    <message>
        <source>a compressed frame has no frame header</source>
        <translation>某个压缩帧没有帧头</translation>
    </message>
    <message>
        <source>a day, such as 2026-11-29</source>
        <translation>日期，例如 2026-11-29</translation>
    </message>
    <message>
        <source>a deflated frame ends before its pixels do</source>
        <translation>某个 deflate 帧在像素结束前中断</translation>
    </message>
    <message>
        <source>a deflated frame holds more than its pixels</source>
        <translation>某个 deflate 帧的数据多于其像素</translation>
    </message>
    <message>
        <source>a deflated frame is damaged</source>
        <translation>某个 deflate 帧已损坏</translation>
    </message>
    <message>
        <source>a divisor of {rows}</source>
        <translation>{rows} 的约数</translation>
    </message>
    <message>
        <source>a file in it becomes more than {most} times as large</source>
        <translation>其中一个文件解压后会超过原大小的 {most} 倍</translation>
    </message>
    <message>
        <source>a file in it is larger than it says</source>
        <translation>其中一个文件大于其声明的大小</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>a list of at most {most_results} pairs</source>
        <translation>最多 {most_results} 对的列表</translation>
    </message>
    <message>
        <source>a list of at most {most_stem_layers} layers</source>
        <translation>最多 {most_stem_layers} 层的列表</translation>
    </message>
    <message>
        <source>a list of at most {most_tests} tests</source>
        <translation>最多 {most_tests} 项测试的列表</translation>
    </message>
    <message>
        <source>a list of pairs of texts</source>
        <translation>成对文本的列表</translation>
    </message>
    <message>
        <source>a list of texts</source>
        <translation>文本的列表</translation>
    </message>
    <message>
        <source>a list of texts of at most {most} visible characters</source>
        <translation>文本的列表，每项最多 {most} 个可见字符</translation>
    </message>
    <message>
        <source>a list of {allowed:list}</source>
        <translation>由以下内容组成的列表：{allowed:list}</translation>
    </message>
    <message>
        <source>a number from {low:g} to {high:g}</source>
        <translation>{low:g} 至 {high:g} 的数值</translation>
    </message>
    <message>
        <source>a table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>a text of at most {most} characters</source>
        <translation>最多 {most} 个字符的文本</translation>
    </message>
    <message>
        <source>a whole number from {low} to {high}</source>
        <translation>{low} 至 {high} 的整数</translation>
    </message>
    <message>
        <source>a {modality}</source>
        <translation>{modality}</translation>
    </message>
    <message>
        <source>above chance, whole interval</source>
        <extracomment>rule.pointing</extracomment>
        <translation>高于随机水平，整个区间</translation>
    </message>
    <message>
        <source>accuracy</source>
        <extracomment>result.accuracy
----------
seeds.accuracy
----------
score.accuracy</extracomment>
        <translation>准确率</translation>
    </message>
    <message>
        <source>accuracy of “{name}”</source>
        <extracomment>result.accuracy-of</extracomment>
        <translation>“{name}”的准确率</translation>
    </message>
    <message>
        <source>accuracy, films with the finding only</source>
        <extracomment>result.accuracy-with</extracomment>
        <translation>准确率，仅阳性影像</translation>
    </message>
    <message>
        <source>accuracy, films without the finding only</source>
        <extracomment>result.accuracy-without</extracomment>
        <translation>准确率，仅阴性影像</translation>
    </message>
    <message>
        <source>adults of {least:g} to {most:g} years</source>
        <extracomment>people.adults</extracomment>
        <translation>{least:g} 至 {most:g} 岁成人</translation>
    </message>
    <message>
        <source>ages {least:g} to {most:g} years</source>
        <extracomment>population.ages</extracomment>
        <translation>年龄 {least:g} 至 {most:g} 岁</translation>
    </message>
    <message>
        <source>all {count} units</source>
        <translation>全部 {count} 个单元</translation>
    </message>
    <message>
        <source>an RLE frame ends inside its header</source>
        <translation>某个 RLE 帧在其头部内中断</translation>
    </message>
    <message>
        <source>an RLE frame has a damaged header</source>
        <translation>某个 RLE 帧的头部已损坏</translation>
    </message>
    <message>
        <source>an RLE segment ends before its pixels do</source>
        <translation>某个 RLE 段在像素结束前中断</translation>
    </message>
    <message>
        <source>an RLE segment holds more than the pixels of its frame</source>
        <translation>某个 RLE 段的数据多于其帧的像素</translation>
    </message>
    <message>
        <source>an {modality}</source>
        <translation>{modality}</translation>
    </message>
    <message>
        <source>another method for a network as large as this one</source>
        <translation>对这样大的网络应采用其他方法</translation>
    </message>
    <message>
        <source>answer to the mean film</source>
        <extracomment>result.mean-film</extracomment>
        <translation>对平均影像的结果</translation>
    </message>
    <message>
        <source>as Latin-1, letter by letter</source>
        <translation>逐字节按 Latin-1 读取</translation>
    </message>
    <message>
        <source>at its native shape</source>
        <extracomment>nuisance.native</extracomment>
        <translation>以原始形状</translation>
    </message>
    <message>
        <source>at most {most:g}</source>
        <extracomment>rule.moved
----------
rule.by-row</extracomment>
        <translation>不超过 {most:g}</translation>
    </message>
    <message>
        <source>at most {most:g} %</source>
        <extracomment>rule.nuisance</extracomment>
        <translation>至多 {most:g} %</translation>
    </message>
    <message>
        <source>at most {most:g} % of the change left over</source>
        <extracomment>rule.residual</extracomment>
        <translation>剩余变化不超过 {most:g} %</translation>
    </message>
    <message>
        <source>at most {most:g} of the variance</source>
        <extracomment>rule.own</extracomment>
        <translation>不超过方差的 {most:g}</translation>
    </message>
    <message>
        <source>at most {most} figures</source>
        <translation>至多 {most} 个指标</translation>
    </message>
    <message>
        <source>at most “high”</source>
        <translation>不超过“high”</translation>
    </message>
    <message>
        <source>baseline</source>
        <extracomment>result.baseline</extracomment>
        <translation>基准</translation>
    </message>
    <message>
        <source>black</source>
        <translation>黑色</translation>
    </message>
    <message>
        <source>blank film</source>
        <extracomment>start.blank</extracomment>
        <translation>空白影像</translation>
    </message>
    <message>
        <source>blurred a little</source>
        <extracomment>nuisance.blurred</extracomment>
        <translation>稍微模糊</translation>
    </message>
    <message>
        <source>blurred film</source>
        <extracomment>start.blurred</extracomment>
        <translation>模糊影像</translation>
    </message>
    <message>
        <source>body part {values:or}</source>
        <extracomment>population.parts</extracomment>
        <translation>检查部位：{values:or}</translation>
    </message>
    <message>
        <source>both sides</source>
        <extracomment>side.both</extracomment>
        <translation>双侧</translation>
    </message>
    <message>
        <source>brighter by 10 %</source>
        <extracomment>nuisance.brighter</extracomment>
        <translation>亮 10 %</translation>
    </message>
    <message>
        <source>calibrating the answer by row</source>
        <extracomment>work.by-row</extracomment>
        <translation>逐行结果的校准</translation>
    </message>
    <message>
        <source>calibration error</source>
        <extracomment>result.calibration
----------
seeds.calibration_error</extracomment>
        <translation>校准误差</translation>
    </message>
    <message>
        <source>calibration error of intervals</source>
        <extracomment>result.calibration-intervals</extracomment>
        <translation>区间的校准误差</translation>
    </message>
    <message>
        <source>candidate</source>
        <extracomment>gate.candidate</extracomment>
        <translation>候选</translation>
    </message>
    <message>
        <source>cell state</source>
        <extracomment>gate.cell-state</extracomment>
        <translation>细胞状态</translation>
    </message>
    <message>
        <source>check the path, and that you may read it</source>
        <translation>请检查路径以及您的读取权限</translation>
    </message>
    <message>
        <source>children of {least:g} to {most:g} years</source>
        <extracomment>people.children</extracomment>
        <translation>{least:g} 至 {most:g} 岁儿童</translation>
    </message>
    <message>
        <source>choose a DICOM, PNG, JPEG or TIFF file</source>
        <translation>请选择 DICOM、PNG、JPEG 或 TIFF 文件</translation>
    </message>
    <message>
        <source>choose a file</source>
        <translation>请选择一个文件</translation>
    </message>
    <message>
        <source>choose a file that holds an image</source>
        <translation>请选择含有图像的文件</translation>
    </message>
    <message>
        <source>choose a frame that it has</source>
        <translation>请选择已有的帧</translation>
    </message>
    <message>
        <source>choose a smaller image or export it at lower resolution</source>
        <translation>请选择较小的图像，或以较低分辨率导出</translation>
    </message>
    <message>
        <source>classes in a set</source>
        <extracomment>result.set-size</extracomment>
        <translation>集合中的类别数</translation>
    </message>
    <message>
        <source>close other programs</source>
        <translation>请关闭其他程序</translation>
    </message>
    <message>
        <source>colour or transparency of {depth} bits, {numbers}, is not supported</source>
        <translation>不支持 {depth} 位的颜色或透明度（{numbers}）</translation>
    </message>
    <message>
        <source>colour type {colour_type} at {depth} bits is unknown</source>
        <translation>{depth} 位的颜色类型 {colour_type} 未知</translation>
    </message>
    <message>
        <source>compressed as JPEG, quality 50</source>
        <extracomment>nuisance.compressed</extracomment>
        <translation>以 JPEG 压缩，质量 50</translation>
    </message>
    <message>
        <source>convert it, for example to uncompressed DICOM or to PNG</source>
        <translation>请转换格式，例如转为未压缩的 DICOM 或 PNG</translation>
    </message>
    <message>
        <source>copy it again from where it came from</source>
        <translation>请从来源处重新复制</translation>
    </message>
    <message>
        <source>correlation at least {least:g}</source>
        <extracomment>rule.alike</extracomment>
        <translation>相关系数至少 {least:g}</translation>
    </message>
    <message>
        <source>dark frame of 5 %</source>
        <extracomment>nuisance.dark-frame</extracomment>
        <translation>5 % 的暗边框</translation>
    </message>
    <message>
        <source>darker by 10 %</source>
        <extracomment>nuisance.darker</extracomment>
        <translation>暗 10 %</translation>
    </message>
    <message>
        <source>deflated frame by frame</source>
        <translation>逐帧 deflate 压缩</translation>
    </message>
    <message>
        <source>deflated, explicit little endian</source>
        <translation>deflate 压缩，显式 little endian</translation>
    </message>
    <message>
        <source>deletion</source>
        <extracomment>result.deletion</extracomment>
        <translation>删除法</translation>
    </message>
    <message>
        <source>doubtful</source>
        <extracomment>mark.doubtful</extracomment>
        <translation>存疑</translation>
    </message>
    <message>
        <source>drawn</source>
        <extracomment>wrong.drawn</extracomment>
        <translation>人工绘制</translation>
    </message>
    <message>
        <source>export it again from where it came from</source>
        <translation>请从来源处重新导出</translation>
    </message>
    <message>
        <source>export it again, or open it once more when the machine is less busy</source>
        <translation>请重新导出，或在计算机较空闲时再次打开</translation>
    </message>
    <message>
        <source>factor above 1, whole interval</source>
        <extracomment>rule.better</extracomment>
        <translation>倍数大于 1，整个区间</translation>
    </message>
    <message>
        <source>failed</source>
        <extracomment>mark.failed</extracomment>
        <translation>未通过</translation>
    </message>
    <message>
        <source>fails</source>
        <extracomment>verdict.fails</extracomment>
        <translation>未通过</translation>
    </message>
    <message>
        <source>false for so many classes on so large a grid</source>
        <translation>对这么多类别和这么大的网格须为 false</translation>
    </message>
    <message>
        <source>female</source>
        <extracomment>sex.female</extracomment>
        <translation>女</translation>
    </message>
    <message>
        <source>file stretched, 20 % higher</source>
        <extracomment>nuisance.higher</extracomment>
        <translation>文件拉高 20 %</translation>
    </message>
    <message>
        <source>file stretched, 20 % wider</source>
        <extracomment>nuisance.wider</extracomment>
        <translation>文件拉宽 20 %</translation>
    </message>
    <message>
        <source>film {name}</source>
        <extracomment>start.film</extracomment>
        <translation>影像 {name}</translation>
    </message>
    <message>
        <source>films</source>
        <extracomment>result.films</extracomment>
        <translation>影像</translation>
    </message>
    <message>
        <source>films of these tests</source>
        <extracomment>result.audited</extracomment>
        <translation>这些测试所用影像</translation>
    </message>
    <message>
        <source>films whose shape points the wrong way</source>
        <extracomment>nuisance.against-shape</extracomment>
        <translation>形状指向相反方向的影像</translation>
    </message>
    <message>
        <source>forget</source>
        <extracomment>gate.forget</extracomment>
        <translation>遗忘</translation>
    </message>
    <message>
        <source>frame {number} of {count}</source>
        <translation>第 {number} 帧，共 {count} 帧</translation>
    </message>
    <message>
        <source>from the back to the front (PA)</source>
        <extracomment>view.PA</extracomment>
        <translation>后前位 (PA)</translation>
    </message>
    <message>
        <source>from the bottom up</source>
        <translation>自下而上</translation>
    </message>
    <message>
        <source>from the front to the back (AP)</source>
        <extracomment>view.AP</extracomment>
        <translation>前后位 (AP)</translation>
    </message>
    <message>
        <source>from the top down</source>
        <translation>自上而下</translation>
    </message>
    <message>
        <source>gamma 0.75</source>
        <extracomment>nuisance.gamma-down</extracomment>
        <translation>伽马 0.75</translation>
    </message>
    <message>
        <source>gamma 1.3</source>
        <extracomment>nuisance.gamma-up</extracomment>
        <translation>伽马 1.3</translation>
    </message>
    <message>
        <source>grey</source>
        <translation>灰色</translation>
    </message>
    <message>
        <source>head</source>
        <translation>输出层</translation>
    </message>
    <message>
        <source>hidden state</source>
        <extracomment>gate.hidden-state</extracomment>
        <translation>隐藏状态</translation>
    </message>
    <message>
        <source>image stretched within its frame, 20 % higher</source>
        <extracomment>nuisance.higher-inside</extracomment>
        <translation>图像在边框内拉高 20 %</translation>
    </message>
    <message>
        <source>image stretched within its frame, 20 % wider</source>
        <extracomment>nuisance.wider-inside</extracomment>
        <translation>图像在边框内拉宽 20 %</translation>
    </message>
    <message>
        <source>in {inside} of {bins} bins, within chance in {compatible}</source>
        <extracomment>result.inside-bins</extracomment>
        <translation>{bins} 个分组中 {inside} 个符合，{compatible} 个在随机误差之内</translation>
    </message>
    <message>
        <source>input</source>
        <extracomment>gate.input</extracomment>
        <translation>输入</translation>
    </message>
    <message>
        <source>inverted</source>
        <extracomment>wrong.inverted</extracomment>
        <translation>反相</translation>
    </message>
    <message>
        <source>it cannot be opened ({what})</source>
        <translation>无法打开（{what}）</translation>
    </message>
    <message>
        <source>it cannot be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>it claims {frames:,} frames</source>
        <translation>它声称有 {frames:,} 帧</translation>
    </message>
    <message>
        <source>it describes an image but ends before the pixels</source>
        <translation>它描述了一幅图像，但在像素之前就结束了</translation>
    </message>
    <message>
        <source>it does not begin with a header</source>
        <translation>它不以文件头开头</translation>
    </message>
    <message>
        <source>it ends before its end marker</source>
        <translation>它在结束标记之前中断</translation>
    </message>
    <message>
        <source>it ends before its pixels do</source>
        <translation>它在像素结束前中断</translation>
    </message>
    <message>
        <source>it has changed since it was opened</source>
        <translation>打开后文件已被更改</translation>
    </message>
    <message>
        <source>it has no page</source>
        <translation>它没有页面</translation>
    </message>
    <message>
        <source>it has {frame_count} frames and no frame {index}</source>
        <translation>它有 {frame_count} 帧，没有第 {index} 帧</translation>
    </message>
    <message>
        <source>it holds two sets of pixel data</source>
        <translation>它含有两组像素数据</translation>
    </message>
    <message>
        <source>it holds {count:,} files, more than the limit of {most:,}</source>
        <translation>它含有 {count:,} 个文件，超过 {most:,} 的上限</translation>
    </message>
    <message>
        <source>it is DICOM without an image</source>
        <translation>它是不含图像的 DICOM 文件</translation>
    </message>
    <message>
        <source>it is DICOM without an image{kind}</source>
        <translation>它是不含图像的 DICOM 文件{kind}</translation>
    </message>
    <message>
        <source>it is a directory of other files (DICOMDIR)</source>
        <translation>它是其他文件的目录 (DICOMDIR)</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>它是一个文件夹</translation>
    </message>
    <message>
        <source>it is a pipe or a device, not a regular file</source>
        <translation>它是管道或设备，不是普通文件</translation>
    </message>
    <message>
        <source>it is a presentation state of no image</source>
        <translation>它是不对应任何图像的显示状态</translation>
    </message>
    <message>
        <source>it is a video ({name}), not an image</source>
        <translation>它是视频（{name}），不是图像</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>它是空文件</translation>
    </message>
    <message>
        <source>it is larger than 1 GiB</source>
        <translation>它大于 1 GiB</translation>
    </message>
    <message>
        <source>it is larger than 64 MB and holds no image</source>
        <translation>它大于 64 MB 且不含图像</translation>
    </message>
    <message>
        <source>it is neither DICOM nor PNG, JPEG or TIFF</source>
        <translation>它不是 DICOM，也不是 PNG、JPEG 或 TIFF</translation>
    </message>
    <message>
        <source>it is no image</source>
        <translation>它不是图像</translation>
    </message>
    <message>
        <source>it is no presentation state</source>
        <translation>它不是显示状态</translation>
    </message>
    <message>
        <source>it is no regular file</source>
        <translation>它不是普通文件</translation>
    </message>
    <message>
        <source>it is not DICOM</source>
        <translation>它不是 DICOM</translation>
    </message>
    <message>
        <source>it is protected by a password; unpack it with the program that made it, and open the folder</source>
        <translation>它受密码保护；请用制作它的程序解压，再打开文件夹</translation>
    </message>
    <message>
        <source>it stores {stored} bits in {allocated}</source>
        <translation>它在 {allocated} 位中存储 {stored} 位</translation>
    </message>
    <message>
        <source>it was not read within {seconds:.0f} seconds</source>
        <translation>未能在 {seconds:.0f} 秒内读取</translation>
    </message>
    <message>
        <source>its JPEG XL container holds no image</source>
        <translation>其 JPEG XL 容器不含图像</translation>
    </message>
    <message>
        <source>its JPEG XL container is damaged</source>
        <translation>其 JPEG XL 容器已损坏</translation>
    </message>
    <message>
        <source>its JPEG XL image has extra channels</source>
        <translation>其 JPEG XL 图像含有额外通道</translation>
    </message>
    <message>
        <source>its JPEG XL image holds floating-point numbers</source>
        <translation>其 JPEG XL 图像为浮点数</translation>
    </message>
    <message>
        <source>its JPEG XL image is an animation, or holds a preview</source>
        <translation>其 JPEG XL 图像为动画或含有预览</translation>
    </message>
    <message>
        <source>its JPEG XL image is turned, which DICOM does not allow</source>
        <translation>其 JPEG XL 图像经过旋转，DICOM 不允许</translation>
    </message>
    <message>
        <source>its Modality LUT is damaged</source>
        <translation>其 Modality LUT 已损坏</translation>
    </message>
    <message>
        <source>its codestream has an impossible number of tiles</source>
        <translation>其码流的分块数不可能</translation>
    </message>
    <message>
        <source>its colour palette is damaged or missing</source>
        <translation>其彩色调色板已损坏或缺失</translation>
    </message>
    <message>
        <source>its colours are of a kind that is not supported</source>
        <translation>不支持其颜色类型</translation>
    </message>
    <message>
        <source>its compressed pixel data are not a list of fragments</source>
        <translation>其压缩像素数据不是片段列表</translation>
    </message>
    <message>
        <source>its compressed pixels have {precision} bits where its header says {stored} of {allocated}</source>
        <translation>其压缩像素为 {precision} 位，而文件头声明 {allocated} 位中的 {stored} 位</translation>
    </message>
    <message>
        <source>its compression ({compression}) is not supported</source>
        <translation>不支持其压缩方式（{compression}）</translation>
    </message>
    <message>
        <source>its content is damaged or not what it says</source>
        <translation>其内容已损坏或与声明不符</translation>
    </message>
    <message>
        <source>its decoder gave pixels of another kind</source>
        <translation>其解码器给出了另一类型的像素</translation>
    </message>
    <message>
        <source>its decoder gave pixels of another shape</source>
        <translation>其解码器给出了另一形状的像素</translation>
    </message>
    <message>
        <source>its deflated data are damaged</source>
        <translation>其 deflate 数据已损坏</translation>
    </message>
    <message>
        <source>its deflated data become larger than 1 GiB</source>
        <translation>其 deflate 数据解压后大于 1 GiB</translation>
    </message>
    <message>
        <source>its deflated data end too early</source>
        <translation>其 deflate 数据过早结束</translation>
    </message>
    <message>
        <source>its directory is damaged</source>
        <translation>其目录已损坏</translation>
    </message>
    <message>
        <source>its file meta information is damaged</source>
        <translation>其文件元信息已损坏</translation>
    </message>
    <message>
        <source>its header gives {name} as {kind}, not {wanted}</source>
        <translation>其文件头中 {name} 为 {kind}，而不是 {wanted}</translation>
    </message>
    <message>
        <source>its header has more than one value of {name}</source>
        <translation>其文件头中 {name} 有多个值</translation>
    </message>
    <message>
        <source>its header has more than {max_elements:,} elements</source>
        <translation>其文件头的元素超过 {max_elements:,} 个</translation>
    </message>
    <message>
        <source>its header has no Photometric Interpretation</source>
        <translation>其文件头没有 Photometric Interpretation</translation>
    </message>
    <message>
        <source>its header has no usable {keyword}</source>
        <translation>其文件头没有可用的 {keyword}</translation>
    </message>
    <message>
        <source>its header has the Pixel Representation {signed}</source>
        <translation>其文件头的 Pixel Representation 为 {signed}</translation>
    </message>
    <message>
        <source>its header has the Planar Configuration {planar}</source>
        <translation>其文件头的 Planar Configuration 为 {planar}</translation>
    </message>
    <message>
        <source>its header has two values of {name}</source>
        <translation>其文件头中 {name} 有两个值</translation>
    </message>
    <message>
        <source>its header is damaged</source>
        <translation>其文件头已损坏</translation>
    </message>
    <message>
        <source>its header nests more than 32 sequences</source>
        <translation>其文件头嵌套的序列超过 32 层</translation>
    </message>
    <message>
        <source>its header or its pixels are missing</source>
        <translation>缺少文件头或像素</translation>
    </message>
    <message>
        <source>its header promises {length:,} bytes of pixels and {there:,} are there</source>
        <translation>其文件头声明像素为 {length:,} 字节，实有 {there:,} 字节</translation>
    </message>
    <message>
        <source>its header says {frames} frames</source>
        <translation>其文件头声明为 {frames} 帧</translation>
    </message>
    <message>
        <source>its header says {rows} × {columns} pixels</source>
        <translation>其文件头声明为 {rows} × {columns} 像素</translation>
    </message>
    <message>
        <source>its header says {rows} × {columns} × {samples} and its compressed pixels say {said} × {said_2} × {said_3}</source>
        <translation>其文件头声明为 {rows} × {columns} × {samples}，而压缩像素声明为 {said} × {said_2} × {said_3}</translation>
    </message>
    <message>
        <source>its image</source>
        <translation>其图像</translation>
    </message>
    <message>
        <source>its maker did not say</source>
        <extracomment>population.unsaid</extracomment>
        <translation>制作者未说明</translation>
    </message>
    <message>
        <source>its pages run in a circle</source>
        <translation>其页面循环引用</translation>
    </message>
    <message>
        <source>its palette is damaged or missing</source>
        <translation>其调色板已损坏或缺失</translation>
    </message>
    <message>
        <source>its pixel data hold no frame</source>
        <translation>其像素数据不含任何帧</translation>
    </message>
    <message>
        <source>its pixels are compressed in an unknown way</source>
        <translation>其像素的压缩方式未知</translation>
    </message>
    <message>
        <source>its pixels are not finite numbers of 32 bits</source>
        <translation>其像素不是 32 位有限数值</translation>
    </message>
    <message>
        <source>its pixels are numbers of {bits} bits, its header denies it</source>
        <translation>其像素为 {bits} 位数值，与文件头不符</translation>
    </message>
    <message>
        <source>its pixels are {kind} where its header promises {kind_2}</source>
        <translation>其像素为 {kind}，而文件头声明为 {kind_2}</translation>
    </message>
    <message>
        <source>its pixels have twice the {allocated} bits that its header says</source>
        <translation>其像素位数是文件头所述 {allocated} 位的两倍</translation>
    </message>
    <message>
        <source>its pixels need {needed:,} bytes and {there:,} are there</source>
        <translation>其像素需要 {needed:,} 字节，实有 {there:,} 字节</translation>
    </message>
    <message>
        <source>its pixels use colour {most} of a palette of {colours}</source>
        <translation>其像素使用了颜色 {most}，而调色板只有 {colours} 种颜色</translation>
    </message>
    <message>
        <source>its rescale gives values that are not finite</source>
        <translation>其斜率/截距变换得出非有限数值</translation>
    </message>
    <message>
        <source>its transfer syntax says compressed but its pixels are not</source>
        <translation>其传输语法声明为压缩，但像素并未压缩</translation>
    </message>
    <message>
        <source>its values are larger than can be shown</source>
        <translation>其像素值太大，无法显示</translation>
    </message>
    <message>
        <source>its values, {low:.6g} to {high:.6g}, were taken as its range</source>
        <translation>其像素值 {low:.6g} 至 {high:.6g} 被用作其范围</translation>
    </message>
    <message>
        <source>largest Youden index on {films:,} validation films of {patients:,} patients</source>
        <extracomment>chosen.youden</extracomment>
        <translation>在 {patients:,} 名患者的 {films:,} 幅验证集影像上 Youden 指数最大</translation>
    </message>
    <message>
        <source>largest calibration error</source>
        <extracomment>result.worst-calibration_error</extracomment>
        <translation>最大校准误差</translation>
    </message>
    <message>
        <source>lateral</source>
        <extracomment>view.LATERAL</extracomment>
        <translation>侧位</translation>
    </message>
    <message>
        <source>laterality {values:or}</source>
        <extracomment>population.sides</extracomment>
        <translation>侧别：{values:or}</translation>
    </message>
    <message>
        <source>layer {number}</source>
        <translation>第 {number} 层</translation>
    </message>
    <message>
        <source>layer {number}, downwards</source>
        <translation>第 {number} 层，向下</translation>
    </message>
    <message>
        <source>layer {number}, upwards</source>
        <translation>第 {number} 层，向上</translation>
    </message>
    <message>
        <source>least sensitivity at the threshold</source>
        <extracomment>result.worst-sensitivity</extracomment>
        <translation>阈值下的最低灵敏度</translation>
    </message>
    <message>
        <source>least specificity at the threshold</source>
        <extracomment>result.worst-specificity</extracomment>
        <translation>阈值下的最低特异度</translation>
    </message>
    <message>
        <source>left</source>
        <extracomment>side.left</extracomment>
        <translation>左</translation>
    </message>
    <message>
        <source>left lateral (LL)</source>
        <extracomment>view.LL</extracomment>
        <translation>左侧位 (LL)</translation>
    </message>
    <message>
        <source>left lateral decubitus (LLD)</source>
        <extracomment>view.LLD</extracomment>
        <translation>左侧卧位 (LLD)</translation>
    </message>
    <message>
        <source>left oblique (LLO)</source>
        <extracomment>view.LLO</extracomment>
        <translation>左斜位 (LLO)</translation>
    </message>
    <message>
        <source>left side down</source>
        <extracomment>wrong.left-side-down</extracomment>
        <translation>左侧朝下</translation>
    </message>
    <message>
        <source>light frame of 5 %</source>
        <extracomment>nuisance.light-frame</extracomment>
        <translation>5 % 的亮边框</translation>
    </message>
    <message>
        <source>log loss over folds</source>
        <extracomment>result.loss-over-folds</extracomment>
        <translation>各折的对数损失</translation>
    </message>
    <message>
        <source>lossy compression</source>
        <translation>有损压缩</translation>
    </message>
    <message>
        <source>lossy compression {ratio}</source>
        <translation>有损压缩 {ratio}</translation>
    </message>
    <message>
        <source>lossy {method}</source>
        <translation>有损压缩 {method}</translation>
    </message>
    <message>
        <source>lossy {method} {ratio}</source>
        <translation>有损压缩 {method} {ratio}</translation>
    </message>
    <message>
        <source>male</source>
        <extracomment>sex.male</extracomment>
        <translation>男</translation>
    </message>
    <message>
        <source>mean AUC</source>
        <extracomment>score.macro-auc</extracomment>
        <translation>平均 AUC</translation>
    </message>
    <message>
        <source>mean film</source>
        <extracomment>start.mean</extracomment>
        <translation>平均影像</translation>
    </message>
    <message>
        <source>mean film of “{of}”</source>
        <extracomment>start.class-mean</extracomment>
        <translation>“{of}”的平均影像</translation>
    </message>
    <message>
        <source>mean of units {units:list}</source>
        <translation>单元 {units:list} 的均值</translation>
    </message>
    <message>
        <source>mean of {count} units</source>
        <translation>{count} 个单元的均值</translation>
    </message>
    <message>
        <source>mean width of intervals</source>
        <extracomment>result.width</extracomment>
        <translation>区间的平均宽度</translation>
    </message>
    <message>
        <source>midway film</source>
        <extracomment>start.midway</extracomment>
        <translation>两类中间的影像</translation>
    </message>
    <message>
        <source>mirrored</source>
        <extracomment>wrong.mirrored</extracomment>
        <translation>左右翻转</translation>
    </message>
    <message>
        <source>most films answered otherwise</source>
        <extracomment>result.nuisance-crossed</extracomment>
        <translation>结果改变的影像最多</translation>
    </message>
    <message>
        <source>multiplied by it again and again, any state would fade</source>
        <translation>反复与它相乘，任何状态都会消退</translation>
    </message>
    <message>
        <source>multiplied by it again and again, some states would grow</source>
        <translation>反复与它相乘，某些状态会增长</translation>
    </message>
    <message>
        <source>no process could be started to read it</source>
        <translation>无法启动读取它的进程</translation>
    </message>
    <message>
        <source>no such film</source>
        <extracomment>wrong.no-such-film</extracomment>
        <translation>非此类影像</translation>
    </message>
    <message>
        <source>none of its pixels is a number</source>
        <translation>没有一个像素是数值</translation>
    </message>
    <message>
        <source>none yet</source>
        <extracomment>result.none-yet</extracomment>
        <translation>尚无</translation>
    </message>
    <message>
        <source>not asked</source>
        <extracomment>mark.not-asked</extracomment>
        <translation>未检查</translation>
    </message>
    <message>
        <source>not measured</source>
        <extracomment>verdict.not-measured
----------
figure.none</extracomment>
        <translation>未测量</translation>
    </message>
    <message>
        <source>not told from chance on the validation films: {words}</source>
        <extracomment>result.untold</extracomment>
        <translation>在验证集影像上与随机无法区分：{words}</translation>
    </message>
    <message>
        <source>nothing found</source>
        <extracomment>leaks.none</extracomment>
        <translation>未发现</translation>
    </message>
    <message>
        <source>nothing found; whose films they are is not known</source>
        <extracomment>leaks.none-unknown</extracomment>
        <translation>未发现；影像属于哪位患者未知</translation>
    </message>
    <message>
        <source>nothing: whoever it shows</source>
        <extracomment>population.anybody</extracomment>
        <translation>无要求：任何人均可</translation>
    </message>
    <message>
        <source>oblique</source>
        <extracomment>view.OBLIQUE</extracomment>
        <translation>斜位</translation>
    </message>
    <message>
        <source>of another sex</source>
        <extracomment>sex.another</extracomment>
        <translation>其他性别</translation>
    </message>
    <message>
        <source>of the model&apos;s grid, {rows} × {columns}</source>
        <translation>为模型的网格，{rows} × {columns}</translation>
    </message>
    <message>
        <source>one change or more</source>
        <translation>至少一项更改</translation>
    </message>
    <message>
        <source>one line of visible characters</source>
        <translation>一行可见字符</translation>
    </message>
    <message>
        <source>one of {allowed:list}</source>
        <translation>以下之一：{allowed:list}</translation>
    </message>
    <message>
        <source>one of {known}; no package here brings “{name}”</source>
        <translation>以下之一：{known}；这里没有软件包提供“{name}”</translation>
    </message>
    <message>
        <source>only JPEG XL has the colours XYB</source>
        <translation>只有 JPEG XL 使用 XYB 颜色</translation>
    </message>
    <message>
        <source>output</source>
        <extracomment>gate.output</extracomment>
        <translation>输出</translation>
    </message>
    <message>
        <source>pairs of short texts of visible characters</source>
        <translation>由可见字符组成的成对短文本</translation>
    </message>
    <message>
        <source>passed</source>
        <extracomment>mark.passed</extracomment>
        <translation>通过</translation>
    </message>
    <message>
        <source>passes</source>
        <extracomment>verdict.passes</extracomment>
        <translation>通过</translation>
    </message>
    <message>
        <source>peak inside finding</source>
        <extracomment>result.pointing</extracomment>
        <translation>峰值位于病变内</translation>
    </message>
    <message>
        <source>people of {least:g} to {most:g} years</source>
        <extracomment>people.any</extracomment>
        <translation>{least:g} 至 {most:g} 岁人群</translation>
    </message>
    <message>
        <source>play it with a video player, or save single frames of it as images</source>
        <translation>请用视频播放器播放，或将单帧另存为图像</translation>
    </message>
    <message>
        <source>positives inside the mean interval</source>
        <extracomment>result.inside</extracomment>
        <translation>阳性比例落在平均区间内</translation>
    </message>
    <message>
        <source>pydicom: {words}</source>
        <translation>pydicom：{words}</translation>
    </message>
    <message>
        <source>random area / own area at least {least:g}</source>
        <extracomment>rule.factor</extracomment>
        <translation>随机面积/自身面积至少 {least:g}</translation>
    </message>
    <message>
        <source>random weights</source>
        <extracomment>result.weights</extracomment>
        <translation>随机权重</translation>
    </message>
    <message>
        <source>rank correlation {value:correlation}</source>
        <extracomment>result.correlation</extracomment>
        <translation>秩相关系数 {value:correlation}</translation>
    </message>
    <message>
        <source>recurrent {number}</source>
        <translation>循环第 {number} 层</translation>
    </message>
    <message>
        <source>refused by any</source>
        <extracomment>result.refused.any</extracomment>
        <translation>被任一检查拒绝</translation>
    </message>
    <message>
        <source>refused by guard</source>
        <extracomment>result.refused.guard</extracomment>
        <translation>被校验网络拒绝</translation>
    </message>
    <message>
        <source>refused by surprise</source>
        <extracomment>result.refused.surprise</extracomment>
        <translation>因意外度被拒绝</translation>
    </message>
    <message>
        <source>refused if {kind}</source>
        <extracomment>result.refused-if</extracomment>
        <translation>{kind}时被拒绝</translation>
    </message>
    <message>
        <source>reset</source>
        <extracomment>gate.reset</extracomment>
        <translation>重置</translation>
    </message>
    <message>
        <source>right</source>
        <extracomment>side.right</extracomment>
        <translation>右</translation>
    </message>
    <message>
        <source>right lateral (RL)</source>
        <extracomment>view.RL</extracomment>
        <translation>右侧位 (RL)</translation>
    </message>
    <message>
        <source>right lateral decubitus (RLD)</source>
        <extracomment>view.RLD</extracomment>
        <translation>右侧卧位 (RLD)</translation>
    </message>
    <message>
        <source>right oblique (RLO)</source>
        <extracomment>view.RLO</extracomment>
        <translation>右斜位 (RLO)</translation>
    </message>
    <message>
        <source>right side down</source>
        <extracomment>wrong.right-side-down</extracomment>
        <translation>右侧朝下</translation>
    </message>
    <message>
        <source>seeds</source>
        <extracomment>result.seeds</extracomment>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>sensitivity</source>
        <extracomment>result.sensitivity
----------
seeds.sensitivity</extracomment>
        <translation>灵敏度</translation>
    </message>
    <message>
        <source>sensitivity of at least {least:g} on {films:,} validation films of {patients:,} patients</source>
        <extracomment>chosen.sensitivity</extracomment>
        <translation>在 {patients:,} 名患者的 {films:,} 幅验证集影像上灵敏度至少为 {least:g}</translation>
    </message>
    <message>
        <source>sexes {values:or}</source>
        <extracomment>population.sexes</extracomment>
        <translation>性别：{values:or}</translation>
    </message>
    <message>
        <source>shared by splits</source>
        <extracomment>result.shared</extracomment>
        <translation>各划分共有</translation>
    </message>
    <message>
        <source>shifted down by 5 %</source>
        <extracomment>nuisance.shifted-down</extracomment>
        <translation>下移 5 %</translation>
    </message>
    <message>
        <source>shifted left by 5 %</source>
        <extracomment>nuisance.shifted-left</extracomment>
        <translation>左移 5 %</translation>
    </message>
    <message>
        <source>shifted right by 5 %</source>
        <extracomment>nuisance.shifted-right</extracomment>
        <translation>右移 5 %</translation>
    </message>
    <message>
        <source>shifted up by 5 %</source>
        <extracomment>nuisance.shifted-up</extracomment>
        <translation>上移 5 %</translation>
    </message>
    <message>
        <source>signed or fractional colour is not supported</source>
        <translation>不支持有符号或小数的颜色</translation>
    </message>
    <message>
        <source>size at most {most:g} at the end</source>
        <extracomment>rule.cascade</extracomment>
        <translation>最终大小不超过 {most:g}</translation>
    </message>
    <message>
        <source>size of the correlation at most {most:g}</source>
        <extracomment>rule.unlike</extracomment>
        <translation>相关系数的大小不超过 {most:g}</translation>
    </message>
    <message>
        <source>skipped files</source>
        <extracomment>result.skipped</extracomment>
        <translation>跳过的文件</translation>
    </message>
    <message>
        <source>specificity</source>
        <extracomment>result.specificity
----------
seeds.specificity</extracomment>
        <translation>特异度</translation>
    </message>
    <message>
        <source>stem {number}</source>
        <translation>前端第 {number} 层</translation>
    </message>
    <message>
        <source>test</source>
        <extracomment>result.test</extracomment>
        <translation>测试集</translation>
    </message>
    <message>
        <source>test {figure} over seeds</source>
        <extracomment>result.over-seeds</extracomment>
        <translation>各随机种子的测试 {figure}</translation>
    </message>
    <message>
        <source>the blank film</source>
        <extracomment>baseline.blank</extracomment>
        <translation>空白影像</translation>
    </message>
    <message>
        <source>the blurred film</source>
        <extracomment>baseline.blurred</extracomment>
        <translation>模糊影像</translation>
    </message>
    <message>
        <source>the components of its codestream differ in depth</source>
        <translation>其码流各分量的位深不同</translation>
    </message>
    <message>
        <source>the film does not fill the grid of the model “{model}”</source>
        <extracomment>admission.small</extracomment>
        <translation>影像不足以填满模型“{model}”的网格</translation>
    </message>
    <message>
        <source>the film midway between the classes</source>
        <extracomment>baseline.midway</extracomment>
        <translation>两类中间的影像</translation>
    </message>
    <message>
        <source>the film {name}</source>
        <extracomment>baseline.film</extracomment>
        <translation>影像 {name}</translation>
    </message>
    <message>
        <source>the mean film</source>
        <extracomment>baseline.mean</extracomment>
        <translation>平均影像</translation>
    </message>
    <message>
        <source>the mean film of “{of}”</source>
        <extracomment>baseline.class-mean</extracomment>
        <translation>“{of}”的平均影像</translation>
    </message>
    <message>
        <source>the median of the validation losses, a rule set before the first training</source>
        <extracomment>seeds.rule</extracomment>
        <translation>验证损失的中位数，这是首次训练前就定下的规则</translation>
    </message>
    <message>
        <source>the model “{model}” knows other classes than this one expects</source>
        <extracomment>admission.other-classes</extracomment>
        <translation>模型“{model}”的类别与此模型所预期的不同</translation>
    </message>
    <message>
        <source>the model “{model}”, which would tell, is not installed or damaged</source>
        <extracomment>admission.missing</extracomment>
        <translation>可供判断的模型“{model}”未安装或已损坏</translation>
    </message>
    <message>
        <source>the process that read it crashed</source>
        <translation>读取它的进程崩溃</translation>
    </message>
    <message>
        <source>the range that it declares, {least:.6g} to {greatest:.6g}, was taken</source>
        <translation>已采用其声明的范围 {least:.6g} 至 {greatest:.6g}</translation>
    </message>
    <message>
        <source>the transfer syntax {named} is not supported</source>
        <translation>不支持传输语法 {named}</translation>
    </message>
    <message>
        <source>there is no such file</source>
        <translation>没有此文件</translation>
    </message>
    <message>
        <source>there is not enough memory for it</source>
        <translation>内存不足</translation>
    </message>
    <message>
        <source>these films</source>
        <translation>这些影像</translation>
    </message>
    <message>
        <source>they lie within 0 and 1, which was taken as their range</source>
        <translation>它们在 0 和 1 之间，已以此为范围</translation>
    </message>
    <message>
        <source>training</source>
        <extracomment>split.training</extracomment>
        <translation>训练集</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true 或 false</translation>
    </message>
    <message>
        <source>two numbers from 0 to {oldest}, the least and the greatest age in years</source>
        <translation>0 至 {oldest} 的两个数值，即以岁为单位的最小和最大年龄</translation>
    </message>
    <message>
        <source>uncompressed, explicit big endian</source>
        <translation>未压缩，显式 big endian</translation>
    </message>
    <message>
        <source>uncompressed, explicit little endian</source>
        <translation>未压缩，显式 little endian</translation>
    </message>
    <message>
        <source>uncompressed, implicit little endian</source>
        <translation>未压缩，隐式 little endian</translation>
    </message>
    <message>
        <source>unit {unit}</source>
        <translation>单元 {unit}</translation>
    </message>
    <message>
        <source>unknown</source>
        <extracomment>count.unknown</extracomment>
        <translation>未知</translation>
    </message>
    <message>
        <source>unknown colours</source>
        <translation>未知颜色</translation>
    </message>
    <message>
        <source>unpacked it would take more than {most} GiB</source>
        <translation>解压后将超过 {most} GiB</translation>
    </message>
    <message>
        <source>unpaired</source>
        <extracomment>side.unpaired</extracomment>
        <translation>不成对</translation>
    </message>
    <message>
        <source>update</source>
        <extracomment>gate.update</extracomment>
        <translation>更新</translation>
    </message>
    <message>
        <source>upside down</source>
        <extracomment>wrong.upside-down</extracomment>
        <translation>上下颠倒</translation>
    </message>
    <message>
        <source>validation</source>
        <extracomment>split.validation</extracomment>
        <translation>验证集</translation>
    </message>
    <message>
        <source>views {values:or}</source>
        <extracomment>population.views</extracomment>
        <translation>投照体位：{values:or}</translation>
    </message>
    <message>
        <source>visible</source>
        <translation>可见</translation>
    </message>
    <message>
        <source>warning</source>
        <extracomment>result.warning</extracomment>
        <translation>警告</translation>
    </message>
    <message>
        <source>white</source>
        <translation>白色</translation>
    </message>
    <message>
        <source>without repetition</source>
        <translation>不重复</translation>
    </message>
    <message>
        <source>without some that are damaged</source>
        <translation>略去部分损坏的字符</translation>
    </message>
    <message>
        <source>worst change that means nothing</source>
        <extracomment>result.nuisance</extracomment>
        <translation>最差的无意义更改</translation>
    </message>
    <message>
        <source>{after} after the end of the image were ignored.</source>
        <translation>图像结束之后的 {after} 已忽略。</translation>
    </message>
    <message>
        <source>{age}.</source>
        <extracomment>age.inside</extracomment>
        <translation>{age}。</translation>
    </message>
    <message>
        <source>{age}; the model reads films of {people}.</source>
        <extracomment>age.outside</extracomment>
        <translation>{age}；模型判读 {people}的影像。</translation>
    </message>
    <message>
        <source>{allocated} bits per pixel are not supported</source>
        <translation>不支持每像素 {allocated} 位</translation>
    </message>
    <message>
        <source>{beside} is there and is no report; choose another name with -o.</source>
        <translation>{beside} 已存在且不是报告；请用 -o 选择其他名称。</translation>
    </message>
    <message>
        <source>{beyond:,} pixels have a number that its palette does not hold.</source>
        <translation>{beyond:,} 个像素的编号不在调色板中。</translation>
    </message>
    <message>
        <source>{borders}, which few films of patients have.</source>
        <extracomment>borders.unusual</extracomment>
        <translation>{borders}，患者的影像很少如此。</translation>
    </message>
    <message>
        <source>{borders}; the model reads films with at most {limit:percent} % that are not black.</source>
        <extracomment>borders.lit</extracomment>
        <translation>{borders}；模型判读的影像中非黑色边框最多 {limit:percent} %。</translation>
    </message>
    <message>
        <source>{borders}; the model reads films with at most {limit:percent} %.</source>
        <extracomment>borders.wide</extracomment>
        <translation>{borders}；模型判读的影像最多 {limit:percent} %。</translation>
    </message>
    <message>
        <source>{bundle} does not hold the recipe that made it.</source>
        <translation>{bundle} 不含生成它的配方。</translation>
    </message>
    <message>
        <source>{bundle}: a class has fewer than {least_films} validation films, too few to calibrate the answer by row.</source>
        <translation>{bundle}：某一类别的验证集影像少于 {least_films} 幅，不足以校准逐行结果。</translation>
    </message>
    <message>
        <source>{cell} {number}</source>
        <translation>{cell} 第 {number} 层</translation>
    </message>
    <message>
        <source>{change}: probability moves by {moved:.3f} in the mean</source>
        <extracomment>result.moved</extracomment>
        <translation>{change}：概率平均变化 {moved:.3f}</translation>
    </message>
    <message>
        <source>{change}: {figure} moves by {moved:score}</source>
        <extracomment>result.figure-moved</extracomment>
        <translation>{change}：{figure} 变动 {moved:score}</translation>
    </message>
    <message>
        <source>{change}: {measured}</source>
        <extracomment>audit.change</extracomment>
        <translation>{change}：{measured}</translation>
    </message>
    <message>
        <source>{classes} names, as in its architecture</source>
        <translation>{classes} 个名称，与其架构一致</translation>
    </message>
    <message>
        <source>{classes} names, as in the architecture</source>
        <translation>{classes} 个名称，与架构一致</translation>
    </message>
    <message>
        <source>{columns} model columns cannot be divided into cells of {width}.</source>
        <translation>{columns} 个模型列无法分成宽 {width} 的单元格。</translation>
    </message>
    <message>
        <source>{count:,}</source>
        <extracomment>count</extracomment>
        <translation>{count:,}</translation>
    </message>
    <message>
        <source>{count:,} exact {count:copy|copies} in {one} and {other}</source>
        <extracomment>leaks.exact</extracomment>
        <translation>{one}与{other}之间有 {count:,} 个完全相同的副本</translation>
    </message>
    <message>
        <source>{count:,} near {count:copy|copies} in {one} and {other}</source>
        <extracomment>leaks.near</extracomment>
        <translation>{one}与{other}之间有 {count:,} 个近似副本</translation>
    </message>
    <message>
        <source>{count:,} of its pixels are no numbers, and no image.</source>
        <translation>其中 {count:,} 个像素不是数值，不属于图像。</translation>
    </message>
    <message>
        <source>{count:,} of {patients:,} patients</source>
        <extracomment>count.of-patients</extracomment>
        <translation>{patients:,} 名患者中的 {count:,} 名</translation>
    </message>
    <message>
        <source>{count:,} {count:byte|bytes}</source>
        <translation>{count:,} 字节</translation>
    </message>
    <message>
        <source>{count:,} {count:patient|patients} in {one} and {other}</source>
        <extracomment>leaks.patient</extracomment>
        <translation>{one}与{other}之间有 {count:,} 名相同患者</translation>
    </message>
    <message>
        <source>{count} further {count:page differs|pages differ} in size or kind and cannot be shown.</source>
        <translation>另有 {count} 页的尺寸或类型不同，无法显示。</translation>
    </message>
    <message>
        <source>{count} numbers from {low:g} to {high:g}</source>
        <translation>{count} 个 {low:g} 至 {high:g} 的数值</translation>
    </message>
    <message>
        <source>{count} {count:day|days}</source>
        <extracomment>age.days</extracomment>
        <translation>{count} 天</translation>
    </message>
    <message>
        <source>{count} {count:month|months}</source>
        <extracomment>age.months</extracomment>
        <translation>{count} 个月</translation>
    </message>
    <message>
        <source>{count} {count:week|weeks}</source>
        <extracomment>age.weeks</extracomment>
        <translation>{count} 周</translation>
    </message>
    <message>
        <source>{count} {count:year|years}</source>
        <extracomment>age.years</extracomment>
        <translation>{count} 岁</translation>
    </message>
    <message>
        <source>{count}; kept is seed {seed}, {rule}</source>
        <extracomment>seeds.kept</extracomment>
        <translation>{count}；保留随机种子 {seed}，{rule}</translation>
    </message>
    <message>
        <source>{data} holds no films of which the lungs could be asked; name a folder, a table or a tar file.</source>
        <translation>{data} 中没有可以查询肺部的影像；请指定文件夹、表格或 tar 文件。</translation>
    </message>
    <message>
        <source>{data}, split “{split}”</source>
        <extracomment>source.split</extracomment>
        <translation>{data}，划分“{split}”</translation>
    </message>
    <message>
        <source>{data}: the audit needs films of {rows} model rows each; the maps of other heights are not audited.</source>
        <translation>{data}：审核要求每幅影像有 {rows} 个模型行；其他高度的图不予审核。</translation>
    </message>
    <message>
        <source>{figure}, below zero</source>
        <extracomment>score.below-zero</extracomment>
        <translation>{figure}，低于零</translation>
    </message>
    <message>
        <source>{figure}, neighbouring patients</source>
        <extracomment>folds.blocks</extracomment>
        <translation>{figure}，相邻的患者</translation>
    </message>
    <message>
        <source>{figure}, patients drawn by class</source>
        <extracomment>folds.drawn</extracomment>
        <translation>{figure}，按类别抽取患者</translation>
    </message>
    <message>
        <source>{figure}, {films:,} films</source>
        <extracomment>result.pointing-of</extracomment>
        <translation>{figure}，{films:,} 幅影像</translation>
    </message>
    <message>
        <source>{figure}, {films:,} {films:film|films}</source>
        <extracomment>figure.of-films</extracomment>
        <translation>{figure}，{films:,} 幅影像</translation>
    </message>
    <message>
        <source>{file} cannot be read: {what}; {way_out}.</source>
        <translation>无法读取 {file}：{what}；{way_out}。</translation>
    </message>
    <message>
        <source>{file} cannot be unpacked ({why}): make room on the disk for temporary files.</source>
        <translation>无法解压 {file}（{why}）：请在磁盘上为临时文件腾出空间。</translation>
    </message>
    <message>
        <source>{film:capital} is itself answered “{name}” above 0.99</source>
        <extracomment>baseline.certain</extracomment>
        <translation>{film:capital}本身的结果就是“{name}”，概率高于 0.99</translation>
    </message>
    <message>
        <source>{film:capital} is itself answered “{name}” {probability:.2f}</source>
        <extracomment>baseline.decided</extracomment>
        <translation>{film:capital}本身的结果就是“{name}”，概率 {probability:.2f}</translation>
    </message>
    <message>
        <source>{films:,} films held out</source>
        <extracomment>source.held-out</extracomment>
        <translation>{films:,} 幅留出影像</translation>
    </message>
    <message>
        <source>{films:,} films of {data}</source>
        <extracomment>source.films</extracomment>
        <translation>{data} 的 {films:,} 幅影像</translation>
    </message>
    <message>
        <source>{films:,} {split} films of {data}</source>
        <extracomment>source.films-of</extracomment>
        <translation>{data} 的 {films:,} 幅{split}影像</translation>
    </message>
    <message>
        <source>{films:,} {where} films</source>
        <extracomment>result.films-of</extracomment>
        <translation>{films:,} 幅{where}影像</translation>
    </message>
    <message>
        <source>{films}, from {source}, split “{split}”, on {day}</source>
        <extracomment>result.tested</extracomment>
        <translation>{films}，来自 {source}，划分“{split}”，{day}</translation>
    </message>
    <message>
        <source>{film} has no model row from stored row {start} on.</source>
        <translation>{film} 从存储行 {start} 起没有模型行。</translation>
    </message>
    <message>
        <source>{film}: {reason}</source>
        <translation>{film}：{reason}</translation>
    </message>
    <message>
        <source>{folder} cannot be read.</source>
        <translation>无法读取 {folder}。</translation>
    </message>
    <message>
        <source>{folder} cannot be written ({error}); name another folder (`-o`).</source>
        <translation>无法写入 {folder}（{error}）；请指定其他文件夹 (`-o`)。</translation>
    </message>
    <message>
        <source>{folder} could not be written: {error}.</source>
        <translation>无法写入 {folder}：{error}。</translation>
    </message>
    <message>
        <source>{folder} holds no index of row states; make one: rowscope-engine index MODEL FILMS.</source>
        <translation>{folder} 中没有行状态的索引；请建立：rowscope-engine index MODEL FILMS。</translation>
    </message>
    <message>
        <source>{folder} is a file; --masks names a folder.</source>
        <translation>{folder} 是文件；--masks 应为文件夹。</translation>
    </message>
    <message>
        <source>{folder} is no text.</source>
        <translation>{folder} 不是文本。</translation>
    </message>
    <message>
        <source>{folder} is there and is no index; name another folder (`-o`).</source>
        <translation>{folder} 已存在，且不是索引；请指定其他文件夹 (`-o`)。</translation>
    </message>
    <message>
        <source>{folder}: {error}</source>
        <translation>{folder}：{error}</translation>
    </message>
    <message>
        <source>{found}; allowed by the recipe</source>
        <extracomment>leaks.allowed</extracomment>
        <translation>{found}；配方允许</translation>
    </message>
    <message>
        <source>{found}; allowed by the recipe; whose films they are is not known</source>
        <extracomment>leaks.allowed-unknown</extracomment>
        <translation>{found}；配方允许；影像属于哪位患者未知</translation>
    </message>
    <message>
        <source>{grey:g} is no grey of the model; give 0 to 1.</source>
        <translation>{grey:g} 不是模型的灰度；请给出 0 到 1。</translation>
    </message>
    <message>
        <source>{hits}; by chance {chance:.2f}</source>
        <extracomment>audit.pointing</extracomment>
        <translation>{hits}；随机水平 {chance:.2f}</translation>
    </message>
    <message>
        <source>{info} has layers 1 to {last}; there is no layer {layer}.</source>
        <translation>{info} 的层为 1 到 {last}；没有第 {layer} 层。</translation>
    </message>
    <message>
        <source>{info} has no safeguards yet; use `model fit-trust` first.</source>
        <translation>{info} 尚无防护检查；请先使用 `model fit-trust`。</translation>
    </message>
    <message>
        <source>{info} has units 0 to {last} in every layer; there is no unit {unit}.</source>
        <translation>{info} 每层的单元为 0 到 {last}；没有单元 {unit}。</translation>
    </message>
    <message>
        <source>{info} is a first trial without a card: its recipe lacks {keys}. Fill them in, then: rowscope-engine model card {info} --recipe RECIPE.toml</source>
        <translation>{info} 是没有模型卡的初次试验：其配方缺少 {keys}。填写后运行：rowscope-engine model card {info} --recipe RECIPE.toml</translation>
    </message>
    <message>
        <source>{info} keeps no fingerprints to know its films by.</source>
        <translation>{info} 没有保存用于识别其影像的指纹。</translation>
    </message>
    <message>
        <source>{info} reads downwards only; it has no units that read upwards.</source>
        <translation>{info} 只向下读取；没有向上读取的单元。</translation>
    </message>
    <message>
        <source>{keyword} is not a finite number and was ignored.</source>
        <translation>{keyword} 不是有限数值，已忽略。</translation>
    </message>
    <message>
        <source>{keyword} is unreadable and was ignored.</source>
        <translation>{keyword} 无法读取，已忽略。</translation>
    </message>
    <message>
        <source>{keyword} was read {guess}.</source>
        <translation>{keyword} 的字符集按推测读取：{guess}。</translation>
    </message>
    <message>
        <source>{kinds:semicolons}</source>
        <extracomment>leaks.kinds</extracomment>
        <translation>{kinds:semicolons}</translation>
    </message>
    <message>
        <source>{kind} of {precision} bits is not supported as a file</source>
        <translation>不支持 {precision} 位的 {kind} 文件</translation>
    </message>
    <message>
        <source>{kind} {bits} bit</source>
        <translation>{kind} {bits} 位</translation>
    </message>
    <message>
        <source>{kind}, and no answer of this model fits it.</source>
        <extracomment>admission.stranger</extracomment>
        <translation>{kind}，此模型没有与之相符的结果。</translation>
    </message>
    <message>
        <source>{kind}: {model} reads such images.</source>
        <extracomment>suggest.such</extracomment>
        <translation>{kind}：{model}判读这类影像。</translation>
    </message>
    <message>
        <source>{kind}; no installed model reads it.</source>
        <extracomment>suggest.none</extracomment>
        <translation>{kind}；已安装的模型都不判读它。</translation>
    </message>
    <message>
        <source>{kind}; {model} reads such images, but not this one: {reason}</source>
        <extracomment>suggest.not</extracomment>
        <translation>{kind}；{model}判读这类影像，但不判读此幅：{reason}</translation>
    </message>
    <message>
        <source>{leaks:list}</source>
        <extracomment>leaks.counted</extracomment>
        <translation>{leaks:list}</translation>
    </message>
    <message>
        <source>{level:percent} % sets hold “{name}”</source>
        <extracomment>result.sets</extracomment>
        <translation>{level:percent} % 集合包含“{name}”</translation>
    </message>
    <message>
        <source>{listing}: no readable film.{why}</source>
        <translation>{listing}：没有可读取的影像。{why}</translation>
    </message>
    <message>
        <source>{look} has no films of two classes. Put those of each class into a folder of its own, name them in a table with the columns path and label, or bring an npz file with images and labels.</source>
        <translation>{look} 没有两个类别的影像。请将每个类别的影像放入各自的文件夹，或在含 path 和 label 列的表中列出，或提供含图像和标签的 npz 文件。</translation>
    </message>
    <message>
        <source>{low:.3f} to {high:.3f}, mean {mean:.3f} ± {deviation:.3f} (SD)</source>
        <extracomment>seeds.spread</extracomment>
        <translation>{low:.3f} 至 {high:.3f}，均值 {mean:.3f} ± {deviation:.3f}（标准差）</translation>
    </message>
    <message>
        <source>{low} to {high} is no range of values; give low, high.</source>
        <translation>{low} 至 {high} 不是数值范围；请给出下限、上限。</translation>
    </message>
    <message>
        <source>{mean}; by chance up to {chance:.2f}</source>
        <extracomment>audit.mean</extracomment>
        <translation>{mean}；随机水平不超过 {chance:.2f}</translation>
    </message>
    <message>
        <source>{modality} images say their pixel spacing as a rule, and this one does not.</source>
        <translation>{modality} 图像通常会说明像素间距，而此图像没有。</translation>
    </message>
    <message>
        <source>{model} has no film midway between its classes: that needs two of them and their mean films; choose another baseline.</source>
        <translation>{model} 没有两类中间的影像：这需要恰好两个类别及其平均影像；请选择其他基准。</translation>
    </message>
    <message>
        <source>{model} reads images like this one.</source>
        <extracomment>suggest.alike</extracomment>
        <translation>{model}判读与此类似的影像。</translation>
    </message>
    <message>
        <source>{model} reads such films, but not this one: {reason}</source>
        <extracomment>suggest.turned</extracomment>
        <translation>{model}判读这类影像，但不判读此幅：{reason}</translation>
    </message>
    <message>
        <source>{model} was made by another recipe than {recipe}: network, grid, training or augmentation differ. Cross-validate the recipe that made it.</source>
        <translation>{model} 由不同于 {recipe} 的配方生成：网络、网格、训练或增强不同。请对生成它的配方进行交叉验证。</translation>
    </message>
    <message>
        <source>{model}, untrained</source>
        <translation>{model}，未训练</translation>
    </message>
    <message>
        <source>{name}</source>
        <extracomment>task.figure</extracomment>
        <translation>{name}</translation>
    </message>
    <message>
        <source>{name} cannot be the baseline. {sentence}</source>
        <translation>{name} 不能作为基准。{sentence}</translation>
    </message>
    <message>
        <source>{name} cannot be used: {why}. The windows that come with the program are offered.</source>
        <translation>无法使用 {name}：{why}。现提供程序自带的窗宽/窗位。</translation>
    </message>
    <message>
        <source>{name} has no rows to lend. {sentence}</source>
        <translation>{name} 没有可借用的行。{sentence}</translation>
    </message>
    <message>
        <source>{name} holds a tuning {words}; name another folder, or delete it to begin anew.</source>
        <translation>{name} 含有一次调优 {words}；请指定其他文件夹，或删除后重新开始。</translation>
    </message>
    <message>
        <source>{name} is {across} × {down} pixels large, and a box of it lies at {place}.</source>
        <translation>{name} 的大小为 {across} × {down} 像素，而它的一个方框位于 {place}。</translation>
    </message>
    <message>
        <source>{name} of “{of}”</source>
        <extracomment>task.figure-of</extracomment>
        <translation>“{of}”的{name}</translation>
    </message>
    <message>
        <source>{name} was not read for this model; open it first.</source>
        <translation>{name} 未用此模型判读；请先打开它。</translation>
    </message>
    <message>
        <source>{name} {value:score}</source>
        <extracomment>audit.stage</extracomment>
        <translation>{name} {value:score}</translation>
    </message>
    <message>
        <source>{name}: the model abstains. {reason}</source>
        <translation>{name}：模型不作答。{reason}</translation>
    </message>
    <message>
        <source>{name}: {error}</source>
        <translation>{name}：{error}</translation>
    </message>
    <message>
        <source>{name}: {units}, {place}</source>
        <translation>{name}：{units}，{place}</translation>
    </message>
    <message>
        <source>{of} {what}</source>
        <extracomment>result.of</extracomment>
        <translation>{of} {what}</translation>
    </message>
    <message>
        <source>{other} has the weights of {info}; name one of another seed.</source>
        <translation>{other} 的权重与 {info} 相同；请指定另一随机种子的模型。</translation>
    </message>
    <message>
        <source>{other} is no sibling of {info}: it reads or answers something else.</source>
        <translation>{other} 与 {info} 不是同类模型：其输入或输出不同。</translation>
    </message>
    <message>
        <source>{output} cannot be written: {error}.</source>
        <translation>无法写入 {output}：{error}。</translation>
    </message>
    <message>
        <source>{output} cannot be written: {parent} is no folder to write in.</source>
        <translation>无法写入 {output}：{parent} 不是可写入的文件夹。</translation>
    </message>
    <message>
        <source>{output} holds a model already. Name another folder, or say --force to replace it.</source>
        <translation>{output} 中已有模型。请指定其他文件夹，或用 --force 替换。</translation>
    </message>
    <message>
        <source>{output} is there and holds no model; name another folder.</source>
        <translation>{output} 已存在且不含模型；请指定其他文件夹。</translation>
    </message>
    <message>
        <source>{output}/{journal} is damaged; delete the folder to begin anew.</source>
        <translation>{output}/{journal} 已损坏；请删除该文件夹后重新开始。</translation>
    </message>
    <message>
        <source>{parts:semicolons}</source>
        <extracomment>population.all</extracomment>
        <translation>{parts:semicolons}</translation>
    </message>
    <message>
        <source>{path} cannot be read as a DICOM Segmentation: {error}.</source>
        <translation>{path} 无法作为 DICOM 分割读取：{error}。</translation>
    </message>
    <message>
        <source>{path} cannot be read as a mask: {error}.</source>
        <translation>{path} 无法作为掩膜读取：{error}。</translation>
    </message>
    <message>
        <source>{path} cannot be read: {error}.</source>
        <translation>无法读取 {path}：{error}。</translation>
    </message>
    <message>
        <source>{path} cannot be written: {error}</source>
        <translation>无法写入 {path}：{error}</translation>
    </message>
    <message>
        <source>{path} cannot be written: {error}.</source>
        <translation>{path} 无法写入：{error}。</translation>
    </message>
    <message>
        <source>{path} cannot be written: {reason}. What you make now is lost when the program ends; make the folder writable, or name another one in ROWSCOPE_DATA.</source>
        <translation>无法写入 {path}：{reason}。现在所做的内容将在程序结束时丢失；请使该文件夹可写，或在 ROWSCOPE_DATA 中指定其他文件夹。</translation>
    </message>
    <message>
        <source>{path} does not say which image a plane lies on.</source>
        <translation>{path} 未说明平面位于哪幅图像上。</translation>
    </message>
    <message>
        <source>{path} has no films to learn from.</source>
        <translation>{path} 没有可供学习的影像。</translation>
    </message>
    <message>
        <source>{path} is in colour; a mask holds 0 and 255, or class numbers.</source>
        <translation>{path} 是彩色图像；掩膜只含 0 和 255，或类别编号。</translation>
    </message>
    <message>
        <source>{path} is no DICOM Segmentation.</source>
        <translation>{path} 不是 DICOM 分割。</translation>
    </message>
    <message>
        <source>{path} is no report of `rowscope-engine {makers}`.</source>
        <translation>{path} 不是 `rowscope-engine {makers}` 的报告。</translation>
    </message>
    <message>
        <source>{path} is not a TOML file: {error}.</source>
        <translation>{path} 不是 TOML 文件：{error}。</translation>
    </message>
    <message>
        <source>{path} is not a file of Rowscope and is left as it is. What you make now is lost when the program ends; move that file away.</source>
        <translation>{path} 不是 Rowscope 的文件，已原样保留。现在所做的内容将在程序结束时丢失；请移走该文件。</translation>
    </message>
    <message>
        <source>{path} is not there.</source>
        <translation>{path} 不存在。</translation>
    </message>
    <message>
        <source>{path} is too large for a report.</source>
        <translation>{path} 太大，不是报告。</translation>
    </message>
    <message>
        <source>{path} may hold the tables `grid` and `search` only.</source>
        <translation>{path} 只能含有表 `grid` 和 `search`。</translation>
    </message>
    <message>
        <source>{path} was written by a later version of Rowscope and is left as it is. What you make now is lost when the program ends; install that version.</source>
        <translation>{path} 由较新版本的 Rowscope 写入，已原样保留。现在所做的内容将在程序结束时丢失；请安装该版本。</translation>
    </message>
    <message>
        <source>{path} was written by another version of this program.</source>
        <translation>{path} 由此程序的另一版本写入。</translation>
    </message>
    <message>
        <source>{path}: its folder {parent} is not there.</source>
        <translation>{path}：其文件夹 {parent} 不存在。</translation>
    </message>
    <message>
        <source>{path}: the name of a report must end in .html.</source>
        <translation>{path}：报告的名称必须以 .html 结尾。</translation>
    </message>
    <message>
        <source>{percent:.1f} %, {films:,} {films:film|films}</source>
        <extracomment>audit.percent</extracomment>
        <translation>{percent:.1f} %，{films:,} 幅影像</translation>
    </message>
    <message>
        <source>{percent:.2g} % left over, {films:,} films</source>
        <extracomment>audit.residual</extracomment>
        <translation>剩余 {percent:.2g} %，{films:,} 幅影像</translation>
    </message>
    <message>
        <source>{place} cannot be read: {error}.</source>
        <translation>无法读取 {place}：{error}。</translation>
    </message>
    <message>
        <source>{place} does not hold what the architecture implies: {odd}.</source>
        <translation>{place} 的内容与架构不符：{odd}。</translation>
    </message>
    <message>
        <source>{place} fails its self-test: the network does not answer as it did when it was saved. Install the bundle again.</source>
        <translation>{place} 未通过自检：网络的输出与保存时不同。请重新安装模型包。</translation>
    </message>
    <message>
        <source>{place} fails its self-test: “{name}” does not come out as it was when it was saved. Install the bundle again.</source>
        <translation>{place} 未通过自检：“{name}”的输出与保存时不同。请重新安装模型包。</translation>
    </message>
    <message>
        <source>{place} has a header of more than 1 MiB.</source>
        <translation>{place} 的头部大于 1 MiB。</translation>
    </message>
    <message>
        <source>{place} is a folder, a pipe or a device, not a file.</source>
        <translation>{place} 是文件夹、管道或设备，不是文件。</translation>
    </message>
    <message>
        <source>{place} is a link; put a copy of the file in its place.</source>
        <translation>{place} 是链接；请用文件的副本代替。</translation>
    </message>
    <message>
        <source>{place} is damaged: its tensors are not what was saved.</source>
        <translation>{place} 已损坏：其张量与保存时不同。</translation>
    </message>
    <message>
        <source>{place} is larger than {most}.</source>
        <translation>{place} 大于 {most}。</translation>
    </message>
    <message>
        <source>{place} is nested deeper than {deepest} levels.</source>
        <translation>{place} 的嵌套超过 {deepest} 层。</translation>
    </message>
    <message>
        <source>{place} is no test: training or validation films are among the measured ones. Only a test goes into a card.</source>
        <translation>{place} 不是测试：所测影像中有训练集或验证集影像。模型卡只收录测试。</translation>
    </message>
    <message>
        <source>{place} is not a valid safetensors file.</source>
        <translation>{place} 不是有效的 safetensors 文件。</translation>
    </message>
    <message>
        <source>{place} is not the file that {metadata} speaks of.</source>
        <translation>{place} 不是 {metadata} 所指的文件。</translation>
    </message>
    <message>
        <source>{place} is not valid JSON of finite numbers.</source>
        <translation>{place} 不是由有限数值组成的有效 JSON。</translation>
    </message>
    <message>
        <source>{place} must be a table of keys and values.</source>
        <translation>{place} 必须是键和值的表。</translation>
    </message>
    <message>
        <source>{place} must be {expected}.</source>
        <translation>{place} 必须是：{expected}。</translation>
    </message>
    <message>
        <source>{place} was measured with other weights than those of {info}; evaluate again.</source>
        <translation>{place} 测量时的权重与 {info} 不同；请重新评估。</translation>
    </message>
    <message>
        <source>{place} was measured with other weights; audit the model again.</source>
        <translation>{place} 测量时的权重不同；请重新审核模型。</translation>
    </message>
    <message>
        <source>{place}: the metadata do not say how many films it holds.</source>
        <translation>{place}：元数据未说明含有多少幅影像。</translation>
    </message>
    <message>
        <source>{place}: the quantiles of surprise are not in order.</source>
        <translation>{place}：意外度的分位数顺序不对。</translation>
    </message>
    <message>
        <source>{place}: unknown key {names}.</source>
        <translation>{place}：未知的键 {names}。</translation>
    </message>
    <message>
        <source>{place}: {error}</source>
        <translation>{place}：{error}</translation>
    </message>
    <message>
        <source>{place}: {error}.</source>
        <translation>{place}：{error}。</translation>
    </message>
    <message>
        <source>{place}: “calibration.labels” names an unknown class.</source>
        <translation>{place}：“calibration.labels”含有未知类别。</translation>
    </message>
    <message>
        <source>{place}: “provenance” is missing.</source>
        <translation>{place}：缺少“provenance”。</translation>
    </message>
    <message>
        <source>{place}: “results” or “data” is missing.</source>
        <translation>{place}：缺少“results”或“data”。</translation>
    </message>
    <message>
        <source>{place}: “{item}” holds characters that cannot be seen.</source>
        <translation>{place}：“{item}”含有不可见字符。</translation>
    </message>
    <message>
        <source>{place}: “{key}” is missing.</source>
        <translation>{place}：缺少“{key}”。</translation>
    </message>
    <message>
        <source>{place}: “{key}” must be {expected}.</source>
        <translation>{place}：“{key}”必须是：{expected}。</translation>
    </message>
    <message>
        <source>{place}: “{name}” has the wrong shape or type.</source>
        <translation>{place}：“{name}”的形状或类型不对。</translation>
    </message>
    <message>
        <source>{place}: “{name}” is not finite.</source>
        <translation>{place}：“{name}”不是有限数值。</translation>
    </message>
    <message>
        <source>{place}: “{twice}” is there twice.</source>
        <translation>{place}：“{twice}”重复出现。</translation>
    </message>
    <message>
        <source>{place}: “{wrong}” holds values that cannot be.</source>
        <translation>{place}：“{wrong}”含有不可能的值。</translation>
    </message>
    <message>
        <source>{rest} after the pixel data were ignored.</source>
        <translation>像素数据之后的 {rest} 已忽略。</translation>
    </message>
    <message>
        <source>{rows} model rows cannot be divided by row strides {row_stride} and bands of {band}.</source>
        <translation>{rows} 个模型行不能按行步长 {row_stride} 和条带 {band} 划分。</translation>
    </message>
    <message>
        <source>{rows} model rows cannot be read {rows_per_step} at a time.</source>
        <translation>{rows} 个模型行不能每次读取 {rows_per_step} 行。</translation>
    </message>
    <message>
        <source>{rows} × {columns} pixels are more than the limit of {max_samples} million</source>
        <translation>{rows} × {columns} 像素超过 {max_samples} 百万的上限</translation>
    </message>
    <message>
        <source>{samples} samples per pixel as {photometric} are not supported</source>
        <translation>不支持每像素 {samples} 个样本的 {photometric}</translation>
    </message>
    <message>
        <source>{scores:list}; SD {spread:.3f}</source>
        <extracomment>folds.each</extracomment>
        <translation>{scores:list}；标准差 {spread:.3f}</translation>
    </message>
    <message>
        <source>{score} of each fold</source>
        <extracomment>result.each-fold</extracomment>
        <translation>每折的{score}</translation>
    </message>
    <message>
        <source>{score} over {folds} folds</source>
        <extracomment>result.over-folds</extracomment>
        <translation>{folds} 折的{score}</translation>
    </message>
    <message>
        <source>{seed} is no seed; give 0 or more.</source>
        <translation>{seed} 不是随机种子；请给出 0 或更大的数。</translation>
    </message>
    <message>
        <source>{share:.1f} % of the pixels are padding ({said}), which is no image.</source>
        <translation>{share:.1f} % 的像素为填充（{said}），不属于图像。</translation>
    </message>
    <message>
        <source>{share:percent} % at the left edge ({shade})</source>
        <extracomment>borders.left</extracomment>
        <translation>左缘占 {share:percent} %（{shade}）</translation>
    </message>
    <message>
        <source>{share:percent} % at the lower edge ({shade})</source>
        <extracomment>borders.lower</extracomment>
        <translation>下缘占 {share:percent} %（{shade}）</translation>
    </message>
    <message>
        <source>{share:percent} % at the right edge ({shade})</source>
        <extracomment>borders.right</extracomment>
        <translation>右缘占 {share:percent} %（{shade}）</translation>
    </message>
    <message>
        <source>{share:percent} % at the upper edge ({shade})</source>
        <extracomment>borders.upper</extracomment>
        <translation>上缘占 {share:percent} %（{shade}）</translation>
    </message>
    <message>
        <source>{share:percent} % of the pixels have the highest value.</source>
        <extracomment>clipping.bright</extracomment>
        <translation>{share:percent} % 的像素为最大值。</translation>
    </message>
    <message>
        <source>{share:percent} % of the pixels have the highest value; the model reads films of at most {limit:percent} %.</source>
        <extracomment>clipping.too-bright</extracomment>
        <translation>{share:percent} % 的像素为最大值；模型判读的影像最多 {limit:percent} %。</translation>
    </message>
    <message>
        <source>{share:percent} % of the pixels have the lowest value.</source>
        <extracomment>clipping.dark</extracomment>
        <translation>{share:percent} % 的像素为最小值。</translation>
    </message>
    <message>
        <source>{share:percent} % of the pixels have the lowest value; the model reads films of at most {limit:percent} %.</source>
        <extracomment>clipping.too-dark</extracomment>
        <translation>{share:percent} % 的像素为最小值；模型判读的影像最多 {limit:percent} %。</translation>
    </message>
    <message>
        <source>{size:.2f}, one in {single}</source>
        <extracomment>result.set-sizes</extracomment>
        <translation>{size:.2f}，{single} 只含一个类别</translation>
    </message>
    <message>
        <source>{some:,} of {whole}</source>
        <extracomment>source.some</extracomment>
        <translation>{whole}中的 {some:,} 幅</translation>
    </message>
    <message>
        <source>{source} cannot be read as an npz file: {why}.</source>
        <translation>无法将 {source} 作为 npz 文件读取：{why}。</translation>
    </message>
    <message>
        <source>{source} cannot be read: {error}.</source>
        <translation>无法读取 {source}：{error}。</translation>
    </message>
    <message>
        <source>{source} cannot be unpacked: {error}.</source>
        <translation>无法解包 {source}：{error}。</translation>
    </message>
    <message>
        <source>{source} does not hold the films of {info}: the fingerprint of its split “{other}” is another one.</source>
        <translation>{source} 不含 {info} 的影像：其划分“{other}”的指纹不同。</translation>
    </message>
    <message>
        <source>{source} has no array “images” but {held}; call its arrays “images” and “labels”, or “train_images”, “train_labels”, “val_images” and so on.</source>
        <translation>{source} 没有数组“images”，只有 {held}；请将数组命名为“images”和“labels”，或“train_images”“train_labels”“val_images”等。</translation>
    </message>
    <message>
        <source>{source} has no array “{missing}” but {held}.</source>
        <translation>{source} 没有数组“{missing}”，只有 {held}。</translation>
    </message>
    <message>
        <source>{source} has no table of boxes “{name}”; name it in `objective.options.boxes`, or a folder of masks in `objective.options.masks`.</source>
        <translation>{source} 中没有方框表“{name}”；请在 `objective.options.boxes` 中指定它，或在 `objective.options.masks` 中指定掩膜文件夹。</translation>
    </message>
    <message>
        <source>{source} holds arrays; masks are read beside films that are files.</source>
        <translation>{source} 含有数组；只有以文件存放的影像才能读取掩膜。</translation>
    </message>
    <message>
        <source>{source} is neither a folder, a table (CSV, Parquet), a tar file nor an npz file.</source>
        <translation>{source} 不是文件夹、表（CSV、Parquet）、tar 文件，也不是 npz 文件。</translation>
    </message>
    <message>
        <source>{source} is not a whole tar file: {error}.</source>
        <translation>{source} 不是完整的 tar 文件：{error}。</translation>
    </message>
    <message>
        <source>{source} is not divided by the recipe of {bundle}: which of its films are validation films cannot be told.</source>
        <translation>{source} 不是按 {bundle} 的配方划分的：无法得知哪些是验证集影像。</translation>
    </message>
    <message>
        <source>{source} is not there.</source>
        <translation>{source} 不存在。</translation>
    </message>
    <message>
        <source>{source}, film {folder}{film:06}: {label}</source>
        <translation>{source}，影像 {folder}{film:06}：{label}</translation>
    </message>
    <message>
        <source>{source}: boxes are read for films that are files of their own.</source>
        <translation>{source}：只有各自为文件的影像才能读取方框。</translation>
    </message>
    <message>
        <source>{source}: no film has a word in any of the columns {columns}.</source>
        <translation>{source}：没有一幅影像在 {columns} 各列中有值。</translation>
    </message>
    <message>
        <source>{source}: no film of the split “{split}” was read by both models; try --split all.</source>
        <translation>{source}：没有两个模型都判读过的划分“{split}”的影像；请试用 --split all。</translation>
    </message>
    <message>
        <source>{source}: none of the boxes of “{table}” is of a film that was read, such as {name}; paths count from the table&apos;s folder.</source>
        <translation>{source}：“{table}”中的方框都不属于已读取的影像，例如 {name}；路径从表所在的文件夹算起。</translation>
    </message>
    <message>
        <source>{source}: the split of {name} is “{word}”; it must be train, val or test.</source>
        <translation>{source}：{name} 的划分为“{word}”；必须是 train、val 或 test。</translation>
    </message>
    <message>
        <source>{source}: to A the film {names} is “{classes}”, to B “{classes_2}” ({count:,} such films); use data whose classes both recipes name alike.</source>
        <translation>{source}：影像 {names} 在 A 中为“{classes}”，在 B 中为“{classes_2}”（此类影像 {count:,} 幅）；请使用两个配方类别命名一致的数据。</translation>
    </message>
    <message>
        <source>{source}: {reason}</source>
        <translation>{source}：{reason}</translation>
    </message>
    <message>
        <source>{source}: “{column}” of {name} is “{word}”; it must be {wanted}, or empty where nothing is known.</source>
        <translation>{source}：{name} 的“{column}”为“{word}”；应为 {wanted}，未知时留空。</translation>
    </message>
    <message>
        <source>{source}: “{images}” holds {films:,} films, but “{labels}” {labels_2:,} labels; there must be one for each film.</source>
        <translation>{source}：“{images}”有 {films:,} 幅影像，而“{labels}”有 {labels_2:,} 个标签；每幅影像必须有一个标签。</translation>
    </message>
    <message>
        <source>{source}: “{labels}” holds neither numbers nor words.</source>
        <translation>{source}：“{labels}”既不是数值也不是文字。</translation>
    </message>
    <message>
        <source>{source}: “{labels}” is {given}, but it must hold a column for each of {cells}.</source>
        <translation>{source}：“{labels}”为 {given}，但 {cells} 各需要一列。</translation>
    </message>
    <message>
        <source>{source}: “{labels}” is {given}, but it must hold one label for each film, as (N,), or a column for each of the {classes} classes.</source>
        <translation>{source}：“{labels}”为 {given}，但必须每幅影像一个标签，形如 (N,)，或 {classes} 个类别各占一列。</translation>
    </message>
    <message>
        <source>{source}: “{labels}” of film {folder}{film:06} is {given}, which is outside the classes{more}; labels must be {wanted}.</source>
        <translation>{source}：影像 {folder}{film:06} 的“{labels}”为 {given}，不在类别之内{more}；标签必须是：{wanted}。</translation>
    </message>
    <message>
        <source>{source}: “{labels}” of film {folder}{film:06} is {shown}; a line of columns must hold a 1 for the film&apos;s class and else zeros.</source>
        <translation>{source}：影像 {folder}{film:06} 的“{labels}”为 {shown}；一行各列中，影像所属类别须为 1，其余为 0。</translation>
    </message>
    <message>
        <source>{source}: “{name}” is {shape}; images must be (N, R, C), grey, or (N, R, C, 3), in colour.</source>
        <translation>{source}：“{name}”为 {shape}；图像必须是 (N, R, C) 灰度，或 (N, R, C, 3) 彩色。</translation>
    </message>
    <message>
        <source>{source}: “{name}” must be (N, {count}), a column for each of `data.columns.subgroups`.</source>
        <translation>{source}：“{name}”必须是 (N, {count})，`data.columns.subgroups` 的每一项占一列。</translation>
    </message>
    <message>
        <source>{source}: “{name}” must hold one value for each film.</source>
        <translation>{source}：“{name}”必须为每幅影像提供一个值。</translation>
    </message>
    <message>
        <source>{spacings} is not two lengths in millimetres and was ignored.</source>
        <translation>{spacings} 不是以毫米为单位的两个长度，已忽略。</translation>
    </message>
    <message>
        <source>{stages:list}; {films:,} films</source>
        <extracomment>audit.stages</extracomment>
        <translation>{stages:list}；{films:,} 幅影像</translation>
    </message>
    <message>
        <source>{steps} lists of numbers, one for each step</source>
        <translation>{steps} 个数值列表，每步一个</translation>
    </message>
    <message>
        <source>{table} cannot be read: {error}.</source>
        <translation>无法读取 {table}：{error}。</translation>
    </message>
    <message>
        <source>{table} has no column that looks like the {lacks} of a film, only {header}. Rename one, or write the recipe by hand (`data.columns.{lacks}`).</source>
        <translation>{table} 中没有像是影像 {lacks} 的列，只有 {header}。请重命名一列，或手工编写配方 (`data.columns.{lacks}`)。</translation>
    </message>
    <message>
        <source>{table} has no column {names}.</source>
        <translation>{table} 没有 {names} 列。</translation>
    </message>
    <message>
        <source>{table} has no column “{missing}” but {header}; say which it is in `objective.options.columns`.</source>
        <translation>{table} 没有“{missing}”列，只有 {header}；请在 `objective.options.columns` 中指定。</translation>
    </message>
    <message>
        <source>{table} has no column “{missing}”.</source>
        <translation>{table} 没有列“{missing}”。</translation>
    </message>
    <message>
        <source>{table} has no column “{name}” but {alike}; write it as there.</source>
        <translation>{table} 没有列“{name}”，但有 {alike}；请按表中写法。</translation>
    </message>
    <message>
        <source>{table} has no column “{name}” but {header}; say which it is in `data.columns.{key}`.</source>
        <translation>{table} 没有列“{name}”，只有 {header}；请在 `data.columns.{key}` 中指明是哪一列。</translation>
    </message>
    <message>
        <source>{table} has no column “{name}” but {header}; the task needs one for each of {cells}.</source>
        <translation>{table} 没有“{name}”列，只有 {header}；任务中 {cells} 各需要一列。</translation>
    </message>
    <message>
        <source>{table} has two columns “{double}”.</source>
        <translation>{table} 有两列“{double}”。</translation>
    </message>
    <message>
        <source>{table} is a Parquet file; reading it needs pyarrow: pip install &apos;rowscope[train]&apos;.</source>
        <translation>{table} 是 Parquet 文件；读取它需要 pyarrow：pip install &apos;rowscope[train]&apos;。</translation>
    </message>
    <message>
        <source>{table} is not UTF-8; save it as UTF-8, in a spreadsheet “CSV UTF-8”.</source>
        <translation>{table} 不是 UTF-8 编码；请另存为 UTF-8，在电子表格软件中为“CSV UTF-8”。</translation>
    </message>
    <message>
        <source>{table} is not a CSV table: {error}.</source>
        <translation>{table} 不是 CSV 表：{error}。</translation>
    </message>
    <message>
        <source>{table} is not a Parquet table: {error}.</source>
        <translation>{table} 不是 Parquet 表：{error}。</translation>
    </message>
    <message>
        <source>{table} knows the shape of none of the films, such as “{name}”.</source>
        <translation>{table} 中没有任何影像的形状，例如“{name}”。</translation>
    </message>
    <message>
        <source>{table} names no film.</source>
        <translation>{table} 中没有影像。</translation>
    </message>
    <message>
        <source>{table}, line {line}: a place of a box is no number.</source>
        <translation>{table} 第 {line} 行：方框的坐标不是数字。</translation>
    </message>
    <message>
        <source>{table}, line {number}: a box ends before it begins.</source>
        <translation>{table} 第 {number} 行：方框的终点在起点之前。</translation>
    </message>
    <message>
        <source>{table}, line {number}: {count} cells, but the first line has {count_2}; put a cell with a comma in it between quotes.</source>
        <translation>{table} 第 {number} 行：{count} 个单元格，而首行有 {count_2} 个；含逗号的单元格请加引号。</translation>
    </message>
    <message>
        <source>{table}: a line has an empty “{path}”.</source>
        <translation>{table}：某一行的“{path}”为空。</translation>
    </message>
    <message>
        <source>{table}: a row is not a number ({error}).</source>
        <translation>{table}：某一行不是数值（{error}）。</translation>
    </message>
    <message>
        <source>{table}: none of its films is in “{test_list}”, the `data.columns.test_list`.</source>
        <translation>{table}：其中没有一幅影像在 `data.columns.test_list` 所指的“{test_list}”中。</translation>
    </message>
    <message>
        <source>{table}: none of its {count:,} files is there, such as “{entries}”; `data.columns.prefix` takes the front of a path away, `suffix` adds an end, and `search = true` looks for files by their names.</source>
        <translation>{table}：其 {count:,} 个文件均不存在，例如“{entries}”；`data.columns.prefix` 去掉路径开头，`suffix` 添加结尾，`search = true` 按文件名查找。</translation>
    </message>
    <message>
        <source>{table}: the column “{label}” has {count:,} labels, or several in one cell; name the two or more that matter in a recipe (`data.folders`, with &quot;*&quot; for all others).</source>
        <translation>{table}：列“{label}”有 {count:,} 个标签，或一个单元格中有多个；请在配方中列出两个或更多有关的标签（`data.folders`，用 &quot;*&quot; 表示其余全部）。</translation>
    </message>
    <message>
        <source>{table}: two lines of {name} contradict each other: “{one}” is “{about}” in one and “{about_2}” in another.</source>
        <translation>{table}：{name} 的两行互相矛盾：“{one}”在一行中为“{about}”，在另一行中为“{about_2}”。</translation>
    </message>
    <message>
        <source>{table}: {name} lies outside the archive.</source>
        <translation>{table}：{name} 位于压缩包之外。</translation>
    </message>
    <message>
        <source>{table}: “{word}” is no width over height.</source>
        <translation>{table}：“{word}”不是宽高比。</translation>
    </message>
    <message>
        <source>{text}</source>
        <translation>{text}</translation>
    </message>
    <message>
        <source>{there} follow the pixels that the header promises; not shown.</source>
        <translation>文件头所声明的像素之后还有 {there}；未显示。</translation>
    </message>
    <message>
        <source>{thickness:.3g} mm slice</source>
        <translation>层厚 {thickness:.3g} mm</translation>
    </message>
    <message>
        <source>{title} has no classes, but “{name}”: a recipe for masks or boxes is written by hand; begin with `resources/recipes/{recipe}.toml`, see “Masks and boxes” in the guide to training.</source>
        <translation>{title} 没有类别，而有“{name}”：针对掩膜或方框的配方需手工编写；可从 `resources/recipes/{recipe}.toml` 入手，参见训练指南中的“掩膜与方框”。</translation>
    </message>
    <message>
        <source>{title} holds no table of its films; the task reads {cells} from columns of one, such as films.csv.</source>
        <translation>{title} 中没有影像表；任务从表（例如 films.csv）的列中读取 {cells}。</translation>
    </message>
    <message>
        <source>{title}: no box is of {names}; the table says {words}.</source>
        <translation>{title}：没有 {names} 的方框；表中为 {words}。</translation>
    </message>
    <message>
        <source>{title}: {values} in {kind} do not tell what is black and what is white. Say it in the recipe, `data.value_range = [low, high]`, or take `input.intensity = &quot;min-max&quot;` or `&quot;rank&quot;`.</source>
        <translation>{title}：{kind} 类型的 {values} 无法说明何为黑、何为白。请在配方中说明 `data.value_range = [low, high]`，或使用 `input.intensity = &quot;min-max&quot;` 或 `&quot;rank&quot;`。</translation>
    </message>
    <message>
        <source>{title}: {values} lie outside {wanted}, the recipe&apos;s `data.value_range`.</source>
        <translation>{title}：{values} 超出配方 `data.value_range` 的范围 {wanted}。</translation>
    </message>
    <message>
        <source>{title}: “{name}” holds {kind} and “{other}” {second}; store all images in one type, or say in the recipe what is black and white: `data.value_range = [low, high]`.</source>
        <translation>{title}：“{name}”为 {kind}，“{other}”为 {second}；请将所有图像存为同一类型，或在配方中说明黑与白：`data.value_range = [low, high]`。</translation>
    </message>
    <message>
        <source>{told:,} of {films:,} {where} films; the others&apos; answer is that of the mean film</source>
        <extracomment>result.some-films-of</extracomment>
        <translation>{films:,} 幅{where}影像中的 {told:,} 幅；其余的结果等于平均影像的结果</translation>
    </message>
    <message>
        <source>{told}: the map shows only what differs from it</source>
        <translation>{told}：模型图只显示与它不同之处</translation>
    </message>
    <message>
        <source>{value:.2f} for “{name}”</source>
        <extracomment>result.answer</extracomment>
        <translation>“{name}”的概率 {value:.2f}</translation>
    </message>
    <message>
        <source>{value:.2f}, random {random:.2f}</source>
        <extracomment>result.deletions</extracomment>
        <translation>{value:.2f}，随机 {random:.2f}</translation>
    </message>
    <message>
        <source>{value:.3f}</source>
        <extracomment>figure.plain</extracomment>
        <translation>{value:.3f}</translation>
    </message>
    <message>
        <source>{value:.3f} (too few to tell)</source>
        <extracomment>figure.number-untold</extracomment>
        <translation>{value:.3f}（数量太少，无法判断）</translation>
    </message>
    <message>
        <source>{value:.3f} ({low:.3f}–{high:.3f})</source>
        <extracomment>figure.number</extracomment>
        <translation>{value:.3f} ({low:.3f}–{high:.3f})</translation>
    </message>
    <message>
        <source>{value:percent} % (too few to tell)</source>
        <extracomment>figure.whole-share-untold</extracomment>
        <translation>{value:percent} %（数量太少，无法判断）</translation>
    </message>
    <message>
        <source>{value:percent} % ({low:percent}–{high:percent} %)</source>
        <extracomment>figure.whole-share</extracomment>
        <translation>{value:percent} % ({low:percent}–{high:percent} %)</translation>
    </message>
    <message>
        <source>{value:score} (too few to tell), {films:,} {films:film|films}</source>
        <extracomment>figure.score-untold</extracomment>
        <translation>{value:score}（数量太少，无法判断），{films:,} 幅影像</translation>
    </message>
    <message>
        <source>{value:score} ({low:score}–{high:score}), {films:,} {films:film|films}</source>
        <extracomment>figure.score</extracomment>
        <translation>{value:score} ({low:score}–{high:score})，{films:,} 幅影像</translation>
    </message>
    <message>
        <source>{value:share} % (too few to tell)</source>
        <extracomment>figure.share-untold</extracomment>
        <translation>{value:share} %（数量太少，无法判断）</translation>
    </message>
    <message>
        <source>{value:share} % ({low:share}–{high:share} %)</source>
        <extracomment>figure.share</extracomment>
        <translation>{value:share} % ({low:share}–{high:share} %)</translation>
    </message>
    <message>
        <source>{variable} must be one of {known}, not “{most}”</source>
        <translation>{variable} 必须是 {known} 之一，而不是“{most}”</translation>
    </message>
    <message>
        <source>{what} says {bits} bits and holds 8.</source>
        <translation>{what}声明为 {bits} 位，实为 8 位。</translation>
    </message>
    <message>
        <source>{what}.</source>
        <translation>{what}。</translation>
    </message>
    <message>
        <source>{what}; {instead} is undecided.</source>
        <translation>{what}；{instead}则没有偏向。</translation>
    </message>
    <message>
        <source>{what}; {names:comma-and} {count:is|are} decided too.</source>
        <translation>{what}；{names:comma-and}也已有偏向。</translation>
    </message>
    <message>
        <source>{which} ends before its end marker</source>
        <translation>{which} 在结束标记之前中断</translation>
    </message>
    <message>
        <source>{whole}; each half of the patients with a calibration fitted to the other half</source>
        <extracomment>source.halves</extracomment>
        <translation>{whole}；每一半患者的校准由另一半拟合</translation>
    </message>
    <message>
        <source>{why}; `measure.allow_untold = true` writes the model as it is.</source>
        <translation>{why}；`measure.allow_untold = true` 可原样写出模型。</translation>
    </message>
    <message>
        <source>{within}; the lungs take {film:.2f} of the film, edges have {edges:.2f} there ({lungs})</source>
        <extracomment>audit.lungs</extracomment>
        <translation>{within}；肺占影像的 {film:.2f}，边缘有 {edges:.2f} 位于其中（{lungs}）</translation>
    </message>
    <message>
        <source>{words} bits per pixel of this kind are not supported</source>
        <translation>不支持此类图像的每像素 {words} 位</translation>
    </message>
    <message>
        <source>{words}.</source>
        <translation>{words}。</translation>
    </message>
    <message>
        <source>{words}: its maps show only what differs from it</source>
        <extracomment>result.decided</extracomment>
        <translation>{words}：其图只显示与它不同之处</translation>
    </message>
    <message>
        <source>{worst}, after step {step}; by chance up to {chance:.2f}</source>
        <extracomment>audit.worst</extracomment>
        <translation>{worst}，在第 {step} 步之后；随机水平不超过 {chance:.2f}</translation>
    </message>
    <message>
        <source>|Influence| within the lungs</source>
        <extracomment>result.lungs</extracomment>
        <translation>肺内的 |影响|</translation>
    </message>
    <message>
        <source>“{change}” must be KEY=VALUE, such as training.epochs=5.</source>
        <translation>“{change}”必须是 KEY=VALUE 的形式，例如 training.epochs=5。</translation>
    </message>
    <message>
        <source>“{config}” needs a configuration of its own.</source>
        <translation>“{config}”需要自己的配置。</translation>
    </message>
    <message>
        <source>“{config}” takes no name in a bundle.</source>
        <translation>“{config}”在模型包中不带名称。</translation>
    </message>
    <message>
        <source>“{config}” with these options has “{key}” {sizes}, not {value}.</source>
        <translation>采用这些选项时，“{config}”的“{key}”为 {sizes}，而不是 {value}。</translation>
    </message>
    <message>
        <source>“{info}” cannot be exported: it has a part that is not built in.</source>
        <translation>无法导出“{info}”：它含有非内置部件。</translation>
    </message>
    <message>
        <source>“{key}={text}” must be a range of numbers, such as {key}=1e-4..1e-2:log.</source>
        <translation>“{key}={text}”必须是数值范围，例如 {key}=1e-4..1e-2:log。</translation>
    </message>
    <message>
        <source>“{key}={text}”: a range with :log must begin above 0.</source>
        <translation>“{key}={text}”：带 :log 的范围必须从大于 0 开始。</translation>
    </message>
    <message>
        <source>“{key}” cannot be searched; give its values in the grid.</source>
        <translation>“{key}”不能搜索；请在 grid 中给出其值。</translation>
    </message>
    <message>
        <source>“{key}” cannot be tuned: it also says which films are held out, and the best of several draws is luck.</source>
        <translation>“{key}”不能调优：它还决定哪些影像被留出，多次抽取中的最佳值只是运气。</translation>
    </message>
    <message>
        <source>“{key}” cannot be tuned; keys of {tunable} and {tunable_2} can.</source>
        <translation>“{key}”不能调优；{tunable} 和 {tunable_2} 的键可以。</translation>
    </message>
    <message>
        <source>“{key}” is named twice; give all its values together.</source>
        <translation>“{key}”出现了两次；请一并给出其所有值。</translation>
    </message>
    <message>
        <source>“{key}” needs a list of values, such as {key}=1,2.</source>
        <translation>“{key}”需要值的列表，例如 {key}=1,2。</translation>
    </message>
    <message>
        <source>“{lungs}” says of no film where its lungs lie; a folder of masks holds them under the films&apos; names, as large as the films.</source>
        <translation>“{lungs}”没有说明任何一幅影像的肺在哪里；掩膜文件夹应以影像的名称存放与影像同样大小的掩膜。</translation>
    </message>
    <message>
        <source>“{method}” is no method; use {known}.</source>
        <translation>“{method}”不是可用的方法；请使用 {known}。</translation>
    </message>
    <message>
        <source>“{model}” (architecture “{name}”) has a part that does not come with the program; only networks of built-in parts can be exported.</source>
        <translation>“{model}”（架构“{name}”）含有并非随程序提供的部件；只有由内置部件构成的网络才能导出。</translation>
    </message>
    <message>
        <source>“{model}” answers for {classes}; name one of them.</source>
        <translation>“{model}”针对 {classes} 给出结果；请指定其中之一。</translation>
    </message>
    <message>
        <source>“{model}” draws no outlines, so there are no masks to write.</source>
        <translation>“{model}”不画轮廓，因此没有可写入的掩膜。</translation>
    </message>
    <message>
        <source>“{model}” draws no outlines; name a model of lung fields or a folder of masks.</source>
        <translation>“{model}”不画轮廓；请指定肺野模型或掩膜文件夹。</translation>
    </message>
    <message>
        <source>“{model}” has the task “{task}”; {work} needs a model that says one of several classes.</source>
        <translation>“{model}”的任务为“{task}”；{work}需要从若干类别中选一个的模型。</translation>
    </message>
    <message>
        <source>“{name}” cannot be in all {parts} parts.</source>
        <translation>“{name}”不能同时属于全部 {parts} 个部分。</translation>
    </message>
    <message>
        <source>“{name}” is no baseline; use mean, midway, blank, blurred, class-mean:CLASS or the path of a film.</source>
        <translation>“{name}”不是基准；请使用 mean、midway、blank、blurred、class-mean:CLASS 或影像的路径。</translation>
    </message>
    <message>
        <source>“{name}” is no class of “{model}”, which answers for {classes}.</source>
        <translation>“{name}”不是“{model}”的类别；它针对 {classes} 给出结果。</translation>
    </message>
    <message>
        <source>“{name}” is no device; use auto, cpu, cuda or cuda:0.</source>
        <translation>“{name}”不是设备；请使用 auto、cpu、cuda 或 cuda:0。</translation>
    </message>
    <message>
        <source>“{name}”, which a package brings; only its maker can say more.</source>
        <translation>“{name}”，由软件包提供；只有其作者能作进一步说明。</translation>
    </message>
    <message>
        <source>“{of}” is no class of {model}, so it has no mean film; its classes are {known}.</source>
        <translation>“{of}”不是 {model} 的类别，因此没有平均影像；其类别为 {known}。</translation>
    </message>
    <message>
        <source>“{one}” and “{other}” tell other classes apart: only states and horizons are compared.</source>
        <translation>“{one}”与“{other}”区分的类别不同：只比较状态和视界。</translation>
    </message>
    <message>
        <source>“{other}” is read in {its} steps: it lies on the {own} steps of “{one}” by the share of the film&apos;s height.</source>
        <translation>“{other}”以 {its} 步读取：按占影像高度的比例对应到“{one}”的 {own} 步。</translation>
    </message>
    <message>
        <source>“{other}” tells other classes apart than “{one}”.</source>
        <translation>“{other}”区分的类别与“{one}”不同。</translation>
    </message>
    <message>
        <source>“{place}”: there is no table before “{parts}”.</source>
        <translation>“{place}”：“{parts}”之前没有表。</translation>
    </message>
    <message>
        <source>“{table}”, the `data.shapes` of the recipe, is not beside {source}.</source>
        <translation>配方的 `data.shapes`“{table}”不在 {source} 旁边。</translation>
    </message>
    <message>
        <source>“{target}” is no class of {info}; its classes are {known}.</source>
        <translation>“{target}”不是 {info} 的类别；其类别为 {known}。</translation>
    </message>
    <message>
        <source>“{test_list}”, the `data.columns.test_list` of {table}, cannot be read beside it.</source>
        <translation>无法读取 {table} 旁的“{test_list}”，即 `data.columns.test_list` 所指的文件。</translation>
    </message>
    <message>
        <source>“{title}” ({name})</source>
        <extracomment>suggest.model</extracomment>
        <translation>“{title}”（{name}）</translation>
    </message>
    <message>
        <source>“{words}” is no change of a film; say rows FIRST LAST and one of {fills}, or shift ROWS COLUMNS, rotate DEGREES, invert, window CENTRE WIDTH.</source>
        <translation>“{words}”不是对影像的更改；请写 rows FIRST LAST 加 {fills} 之一，或 shift ROWS COLUMNS、rotate DEGREES、invert、window CENTRE WIDTH。</translation>
    </message>
    <message>
        <source>“{word}” must be KEY=VALUES, such as network.layers=1,2.</source>
        <translation>“{word}”必须是 KEY=VALUES 的形式，例如 network.layers=1,2。</translation>
    </message>
</context>
<context>
    <name>names</name>
    <message>
        <source>100 validation</source>
        <translation>100 幅验证集</translation>
    </message>
    <message>
        <source>3 convolutions, GRU 1 × 128, mean</source>
        <translation>3 层卷积，GRU 1 × 128，均值</translation>
    </message>
    <message>
        <source>3 convolutions, GRU 1 × 96, mean</source>
        <translation>3 层卷积，GRU 1 × 96，均值</translation>
    </message>
    <message>
        <source>3 convolutions, grid of GRU 2 × 32, both directions, area</source>
        <translation>3 个卷积层，网格 GRU 2 × 32，双向，面积</translation>
    </message>
    <message>
        <source>3 convolutions, grid of GRU 2 × 48, both directions, area</source>
        <translation>3 个卷积层，网格 GRU 2 × 48，双向，面积</translation>
    </message>
    <message>
        <source>3 convolutions, grid of GRU 2 × 48, both directions, peak</source>
        <translation>3 个卷积层，网格 GRU 2 × 48，双向，峰值</translation>
    </message>
    <message>
        <source>AP</source>
        <translation>前后位</translation>
    </message>
    <message>
        <source>CHEST</source>
        <translation>胸部</translation>
    </message>
    <message>
        <source>Children of one to five years, one hospital in Guangzhou, China; anteroposterior chest films taken in routine care (Kermany 2018)</source>
        <translation>1–5 岁儿童，中国广州一家医院；常规诊疗中拍摄的前后位胸片 (Kermany 2018)</translation>
    </message>
    <message>
        <source>Children of one to five years, one hospital in Guangzhou, China; anteroposterior chest films taken in routine care (Kermany 2018), with masks by V7 Labs</source>
        <translation>中国广州一家医院的一至五岁儿童；常规诊疗中拍摄的前后位胸部影像（Kermany 2018），掩膜由 V7 Labs 绘制</translation>
    </message>
    <message>
        <source>Digits of about 500 writers: United States Census Bureau staff and high school students (NIST Special Databases 1 and 3)</source>
        <translation>约 500 人书写的数字：美国人口普查局工作人员和高中生 (NIST Special Databases 1 and 3)</translation>
    </message>
    <message>
        <source>Handwritten digits</source>
        <translation>手写数字</translation>
    </message>
    <message>
        <source>LSTM 3 × 128, last</source>
        <translation>LSTM 3 × 128，末步</translation>
    </message>
    <message>
        <source>Lungs of children</source>
        <translation>儿童的肺</translation>
    </message>
    <message>
        <source>MedNIST: CT of abdomen, chest and head, breast MRI, hand and chest films of adults, each from one public collection; and chest films of children of one to five years from Guangzhou, China (Kermany 2018)</source>
        <translation>MedNIST：腹部、胸部和头部 CT，乳腺 MRI，成人手部平片和胸片，各来自一个公开数据集；以及中国广州 1–5 岁儿童的胸片 (Kermany 2018)</translation>
    </message>
    <message>
        <source>Nobody: chest phantoms drawn by this program, one seed for each</source>
        <translation>非真人：由本程序绘制的胸部模拟影像，每幅使用一个随机种子</translation>
    </message>
    <message>
        <source>Opacities on drawn chest films, with boxes</source>
        <translation>绘制胸片上的阴影（带方框）</translation>
    </message>
    <message>
        <source>Opacity on drawn chest films</source>
        <translation>模拟胸片阴影</translation>
    </message>
    <message>
        <source>Outline of an opacity on drawn chest films</source>
        <translation>绘制胸片上阴影的轮廓</translation>
    </message>
    <message>
        <source>PA</source>
        <translation>后前位</translation>
    </message>
    <message>
        <source>Pneumonia in children</source>
        <translation>儿童肺炎</translation>
    </message>
    <message>
        <source>Research and education only. It keeps a model from answering for an image of another kind; it makes no finding.</source>
        <translation>仅供研究和教学使用。它防止模型对其他种类的影像作答；它不作出任何诊断性判断。</translation>
    </message>
    <message>
        <source>Research and education only. Not a medical device: it must not be used to diagnose, to triage or to exclude a disease.</source>
        <translation>仅供研究和教学使用。不是医疗器械：不得用于诊断、分诊或排除疾病。</translation>
    </message>
    <message>
        <source>Research and education only: learning how a network reads an image row by row. Not for any medical purpose.</source>
        <translation>仅供研究和教学使用：用于了解网络如何逐行判读影像。不得用于任何医疗目的。</translation>
    </message>
    <message>
        <source>Research, education and demonstration only. It has never seen a patient: its answer to a real film means nothing.</source>
        <translation>仅供研究、教学和演示使用。它从未见过患者影像：对真实影像的结果没有意义。</translation>
    </message>
    <message>
        <source>U</source>
        <translation>不成对</translation>
    </message>
    <message>
        <source>What an image shows</source>
        <translation>影像种类识别</translation>
    </message>
    <message>
        <source>abdomen CT</source>
        <translation>腹部 CT</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>background</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>breast MRI</source>
        <translation>乳腺 MRI</translation>
    </message>
    <message>
        <source>chest CT</source>
        <translation>胸部 CT</translation>
    </message>
    <message>
        <source>chest film of a child</source>
        <translation>儿童胸片</translation>
    </message>
    <message>
        <source>chest film of an adult</source>
        <translation>成人胸片</translation>
    </message>
    <message>
        <source>films of these audits</source>
        <translation>这些审核所用影像</translation>
    </message>
    <message>
        <source>hand film</source>
        <translation>手部平片</translation>
    </message>
    <message>
        <source>head CT</source>
        <translation>头部 CT</translation>
    </message>
    <message>
        <source>lung</source>
        <translation>肺</translation>
    </message>
    <message>
        <source>normal</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>opacity</source>
        <translation>阴影</translation>
    </message>
    <message>
        <source>pneumonia</source>
        <translation>肺炎</translation>
    </message>
    <message>
        <source>test</source>
        <translation>测试集</translation>
    </message>
    <message>
        <source>train</source>
        <translation>训练集</translation>
    </message>
    <message>
        <source>val</source>
        <translation>验证集</translation>
    </message>
</context>
</TS>
